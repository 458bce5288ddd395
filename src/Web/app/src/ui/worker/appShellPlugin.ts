import { createHash } from 'node:crypto'
import type { Plugin, Rolldown } from 'vite'

type OutputChunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } }

/** Writes into the service worker which files a page needs: everything its html refers to, and the files in `besides`. */
export function shell(page: string, workerName: string, besides: string[]): Plugin {
  return {
    name: 'shell',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
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
        for (const [, file] of source.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) {
          visit(file!)
          files.add(`/${file}`)
        }
        const list = [...files].sort()
        const name = `field-${createHash('sha256').update(source).update(list.join()).digest('hex').slice(0, 12)}`
        const worker = Object.values(bundle).find((one) => one.fileName === workerName)
        if (worker?.type !== 'chunk') throw new Error(`${workerName} isn't built.`)
        worker.code = worker.code.replaceAll('__SHELL__', JSON.stringify({ name, files: list }))
      },
    },
  }
}
