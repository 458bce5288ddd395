import PinyinMatch from 'pinyin-match'
import type { SurveyTarget } from '@/http/apiTypes'

/** Whether somebody is meant by what was typed: a part of the name or its pinyin, of the address or the door. */
export function isNamed(target: SurveyTarget, text: string): boolean {
  const typed = text.trim()
  if (!typed) return true
  const place = `${target.address ?? ''}${target.door ?? ''}`
  return place.includes(typed) || Boolean(target.name && PinyinMatch.match(target.name, typed))
}
