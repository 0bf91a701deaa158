import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

/** Every sample in a document runs as it stands there, and every file that a document names is there. */

const root = fileURLToPath(new URL('../../', import.meta.url))
const packages = (await readdir(`${root}packages`)).map((name) => `packages/${name}/README.md`)
const withSamples = ['README.md', ...packages].filter((document) => existsSync(root + document))

for (const document of withSamples) {
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

describe.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', async (document) => {
  const text = await readFile(root + document, 'utf8')

  it('names only files that are there', () => {
    const named = [
      ...text.matchAll(/`((?:packages|examples|bench|testing|\.ci)\/[\w./-]+)`/g),
      ...text.matchAll(/\]\(([\w./-]+)\)/g),
    ]
    const missing = named.map(([, path]) => path ?? '').filter((path) => !existsSync(root + path))
    expect(missing).toEqual([])
    expect(named.length).toBeGreaterThan(0)
  })
})
