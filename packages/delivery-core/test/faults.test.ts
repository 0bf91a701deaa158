import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** The table of faults names tests that exist and files that are there, and leaves no number out. */

const packages = fileURLToPath(new URL('../../', import.meta.url))
const text = readFileSync(`${packages}delivery-core/docs/faults.md`, 'utf8')
const shortNames: Readonly<Record<string, string>> = {
  sim: 'delivery-core/test/simulation/simulation.test.ts',
  mistakes: 'delivery-core/test/simulation/mistakes.ts',
  contract: 'delivery-core/src/testing/message-store-contract.ts',
}
const rows = text.split('\n').filter((line) => /^\| [FSL]\d+ \|/.test(line))

/** `file`: `title`, or one of the short names with a title. */
const named = rows.flatMap((row) =>
  [...row.matchAll(/(?:`([\w/.-]+\.ts)`|\b(sim|mistakes|contract)): `([^`]+)`/g)].map(([, file, short, title]) => ({
    number: row.split('|')[1]?.trim() ?? '',
    file: file ?? shortNames[short ?? ''] ?? '',
    title: title ?? '',
  })),
)

function sourceOf(file: string): string {
  return existsSync(packages + file) ? readFileSync(packages + file, 'utf8') : ''
}

/** A title may begin with the number of a fault of the wire contract, and may go on where it is put together. */
function hasTitle(source: string, title: string): boolean {
  const words = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`['"\`](?:faults? [\\d, and]+: )?${words}`).test(source)
}

describe('the table of faults', () => {
  it('names every fault and every promise of the design', () => {
    const numbers = new Set(rows.map((row) => row.split('|')[1]?.trim()))
    const wanted = [...series('F', 43), ...series('S', 23), ...series('L', 7)]
    expect(wanted.filter((number) => !numbers.has(number))).toEqual([])
  })

  it('names a test for each, but for what cannot happen here', () => {
    const shown = new Set(named.map(({ number }) => number))
    const unshown = rows.map((row) => row.split('|')[1]?.trim()).filter((number) => !shown.has(number ?? ''))
    expect(unshown).toEqual(['F19'])
  })

  it.each(named)('$number is shown by "$title"', ({ file, title }) => {
    expect(hasTitle(sourceOf(file), title) ? '' : `${file} has no test "${title}"`).toBe('')
  })

  it('names only files that are there', () => {
    const files = [...text.matchAll(/`((?:packages\/)?(?:server|delivery-core)\/[\w/.-]+\.ts)`/g)].map(([, file]) =>
      (file ?? '').replace(/^packages\//, ''),
    )
    expect(files.filter((file) => !existsSync(packages + file))).toEqual([])
  })
})

function series(letter: string, last: number): readonly string[] {
  return Array.from({ length: last }, (_, index) => `${letter}${index + 1}`)
}
