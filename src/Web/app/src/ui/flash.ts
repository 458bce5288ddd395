import type { Directive } from 'vue'

/** How long a value must have been still for its next change to be marked. Where everything changes all the time, a mark says nothing. */
const calmFor = 5000
const changedAt = new WeakMap<Element, number>()

/** `v-flash="value"`: a short soft highlight when the value changes after a calm, and none when it first appears. */
export const flash: Directive<HTMLElement | SVGElement, unknown> = {
  updated(element, { value, oldValue }) {
    if (value === oldValue || oldValue === null || oldValue === undefined) return
    const now = Date.now()
    const isCalm = now - (changedAt.get(element) ?? -Infinity) > calmFor
    changedAt.set(element, now)
    if (!isCalm) return
    element.classList.add('changed')
    element.addEventListener('animationend', () => element.classList.remove('changed'), { once: true })
  },
}
