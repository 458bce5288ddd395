import type { Directive } from 'vue'

/** `v-flash="value"`: a short soft highlight when the value changes, and none when it first appears. */
export const flash: Directive<HTMLElement | SVGElement, unknown> = {
  updated(element, { value, oldValue }) {
    if (value === oldValue || oldValue === null || oldValue === undefined) return
    element.classList.remove('changed')
    void element.getBoundingClientRect()
    element.classList.add('changed')
    element.addEventListener('animationend', () => element.classList.remove('changed'), { once: true })
  },
}
