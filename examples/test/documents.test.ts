import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

/** Every sample in a document runs as it stands there. */

const root = fileURLToPath(new URL('../../', import.meta.url))
const documents = [
  'README.md',
  'packages/segment-core/README.md',
  'packages/delivery-core/README.md',
  'packages/nl-rules/README.md',
]

for (const document of documents) {
  describe(document, async () => {
    const samples = [...(await readFile(root + document, 'utf8')).matchAll(/^```(?:ts|js)\n(.*?)^```/gms)]

    it('has a sample', () => expect(samples.length).toBeGreaterThan(0))

    it.each(samples.map(([, code], index) => [index + 1, code ?? '']))('sample %i runs', async (number, code) => {
      // Beside the packages, so that it finds them by name as a user's file would.
      const file = `${root}examples/.sample-${document.replaceAll('/', '-')}-${number}.mjs`
      await writeFile(file, code)
      try {
        const { stderr } = await promisify(execFile)(process.execPath, [file])
        expect(stderr).toBe('')
      } finally {
        await rm(file)
      }
    })
  })
}
