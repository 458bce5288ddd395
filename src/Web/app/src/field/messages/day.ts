import { en } from './dayEn'
import { zh } from './dayZh'

export default { zh, en }
