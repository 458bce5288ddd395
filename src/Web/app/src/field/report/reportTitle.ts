const longestTitle = 60

/** The title and the detail of a case from what was typed: the first sentence is the title, and a longer text is also the detail. */
export function titleOf(text: string): { title: string; detail?: string } {
  const whole = text.trim()
  const [first = ''] = whole.split(/(?<=[。！？!?；;])|\n/u)
  const characters = [...first.trim()]
  const title =
    characters.length > longestTitle ? `${characters.slice(0, longestTitle - 1).join('')}…` : characters.join('')
  const bare = title.replace(/[。；;]$/u, '')
  return whole.replace(/[。；;]$/u, '') === bare ? { title: bare } : { title: bare, detail: whole }
}
