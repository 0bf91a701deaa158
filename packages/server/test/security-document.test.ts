import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const text = readFileSync(join(import.meta.dirname, '../docs/security.md'), 'utf8')

/** A row of the table: the point, and what it says of it. */
const rows = [...text.matchAll(/^\| (\d+) ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, point = '', name = '', where = '', shownBy = '']) => ({ point: Number(point), name, where, shownBy }),
)

/** A proof: a file, and the title of a test in it. */
const proofs = rows.flatMap(({ point, shownBy }) =>
  shownBy === 'Operator'
    ? []
    : shownBy.split('<br>').map((proof) => {
        const [, file = '', title = ''] = /^`([\w./-]+\.test\.ts)` › (.+)$/.exec(proof) ?? []
        return { point, file, title, proof }
      }),
)

describe('the document on security', () => {
  it('has a row for each of the 45 points, in their order', () => {
    expect(rows.map(({ point }) => point)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1))
  })

  it.each(proofs)('point $point names a test that is there: $proof', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true)
    const titles = titlesIn(readFileSync(join(root, file), 'utf8'))
    expect(titles.map(bare)).toContain(bare(title))
  })

  it('names only files that are there', () => {
    const named = [...text.matchAll(/`(packages\/[\w./-]+)`/g)].map(([, path]) => path ?? '')
    expect(named.length).toBeGreaterThan(60)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('says so where a point is left to the operator', () => {
    for (const { point, where, shownBy } of rows)
      if (shownBy === 'Operator') expect([point, where]).toEqual([point, expect.stringContaining('Operator')])
  })
})

/** Without the faults of the wire contract that a title names: they come and go, the test stays. */
function bare(title: string): string {
  return title.replace(/^faults? [\d, and]+: /, '')
}

/** What stands in quotes behind `it(`, or behind the table of an `it.each`. */
function titlesIn(source: string): readonly string[] {
  return [...source.matchAll(/(?:\bit|\))\(\s*(['"`])((?:(?!\1)[^\n])+)\1,/g)].map(([, , title = '']) => title)
}
