import { createHash } from 'node:crypto'
import type { Plugin, Rolldown } from 'vite'

type OutputChunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } }
type Bundle = Record<string, Rolldown.OutputAsset | Rolldown.OutputChunk>

/** A page that opens without the service: its html, the address below which it lives, and files its html doesn't refer to. */
export interface Shell {
  scope: string
  page: string
  besides: string[]
}

/** Writes into the service worker which files each page needs: everything its html refers to, and the files in `besides`. */
export function shells(workerName: string, pages: Shell[]): Plugin {
  return {
    name: 'shells',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const written = pages.map((shell) => ({
          ...filesOf(shell, bundle),
          scope: shell.scope,
          page: `/${shell.page}`,
        }))
        const worker = Object.values(bundle).find((one) => one.fileName === workerName)
        if (worker?.type !== 'chunk') throw new Error(`${workerName} isn't built.`)
        worker.code = worker.code.replaceAll('__SHELLS__', JSON.stringify(written))
      },
    },
  }
}

/** The files, and a name that changes with them. */
function filesOf({ scope, page, besides }: Shell, bundle: Bundle): { name: string; files: string[] } {
  const files = new Set<string>(besides)
  const visit = (name: string): void => {
    const chunk = bundle[name] as OutputChunk | undefined
    if (!chunk || files.has(`/${name}`)) return
    files.add(`/${name}`)
    for (const asset of chunk.viteMetadata?.importedCss ?? []) files.add(`/${asset}`)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(`/${asset}`)
    ;[...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])].forEach(visit)
  }
  const html = bundle[page]
  if (html?.type !== 'asset') throw new Error(`${page} isn't built.`)
  const source = html.source.toString()
  // Begins with the scripts, preloads and styles that the html names.
  for (const [, file] of source.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)) {
    visit(file!)
    files.add(`/${file}`)
  }
  const list = [...files].sort()
  const hash = createHash('sha256').update(source).update(list.join()).digest('hex').slice(0, 12)
  return { name: `shell${scope}-${hash}`, files: list }
}
