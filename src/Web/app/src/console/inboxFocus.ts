/** The case whose row of the list has the focus, empty when none has. */
export function focusedRow(list: Element): string {
  const row = document.activeElement?.closest<HTMLElement>('[data-case]')
  return row && list.contains(row) ? (row.dataset.case ?? '') : ''
}

/** Moves the focus to the link of a case's row. Without that row the list itself gets it. */
export function focusRow(list: HTMLElement, id: string, block: ScrollLogicalPosition = 'nearest'): void {
  const link = list.querySelector<HTMLElement>(`[data-case="${CSS.escape(id)}"] a`)
  const target = link ?? list
  target.focus({ preventScroll: true })
  link?.closest('li')?.scrollIntoView({ block })
}
