import { Locale } from 'vant'
import enUS from 'vant/es/locale/lang/en-US'
import zhCN from 'vant/es/locale/lang/zh-CN'
import 'vant/es/tabbar/style'
import 'vant/es/tabbar-item/style'
import 'vant/es/popup/style'
import 'vant/es/pull-refresh/style'
import 'vant/es/rate/style'
import 'vant/es/switch/style'
import 'vant/es/toast/style'
import 'vant/es/dialog/style'
import 'vant/es/image-preview/style'
import './phone.css'
import { watch } from 'vue'
import { language } from '@/shared/language'

watch(language, (value) => (value === 'en' ? Locale.use('en-US', enUS) : Locale.use('zh-CN', zhCN)), {
  immediate: true,
})
