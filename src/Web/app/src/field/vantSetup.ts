import { Locale } from 'vant'
import enUS from 'vant/es/locale/lang/en-US'
import zhCN from 'vant/es/locale/lang/zh-CN'
// One by one, and without the icon font: it asks another host for itself, and this page draws its own icons.
import 'vant/es/style/base.css'
import 'vant/es/badge/index.css'
import 'vant/es/overlay/index.css'
import 'vant/es/popup/index.css'
import 'vant/es/tabbar/index.css'
import 'vant/es/tabbar-item/index.css'
import 'vant/es/loading/index.css'
import 'vant/es/pull-refresh/index.css'
import 'vant/es/switch/index.css'
import 'vant/es/toast/index.css'
import 'vant/es/button/index.css'
import 'vant/es/dialog/index.css'
import 'vant/es/image/index.css'
import 'vant/es/swipe/index.css'
import 'vant/es/swipe-item/index.css'
import 'vant/es/image-preview/index.css'
import './phone.css'
import { watch } from 'vue'
import { language } from '@/ui/language'

watch(language, (value) => (value === 'en' ? Locale.use('en-US', enUS) : Locale.use('zh-CN', zhCN)), {
  immediate: true,
})
