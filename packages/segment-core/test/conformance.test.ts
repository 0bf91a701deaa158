import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OpenedDatabase, testDatabases } from '../../../testing/databases.ts'
import { parseRule } from '../src/checking/check-rule.ts'
import type { Catalog } from '../src/language/catalog.ts'
import type { Rule } from '../src/language/rule.ts'
import { compilePredicate } from '../src/targets/compile-predicate.ts'
import { compileSql } from '../src/targets/compile-sql.ts'
import { arbitraryPerson } from './support/arbitrary-person.ts'
import { arbitraryRule } from './support/arbitrary-rule.ts'
import { rowsOf } from './support/ask-database.ts'
import { ours, peopleCatalog } from './support/people-catalog.ts'
import { createPeopleTables, storePeople } from './support/people-database.ts'
import { moments, zones } from './support/pools.ts'

const file = new URL('../vectors/conformance.json', import.meta.url)

/** What the published file holds: `docs/conformance.md` of the package says how to run it against another target. */
interface Vectors {
  readonly catalog: Catalog
  readonly rows: readonly Record<string, unknown>[]
  readonly cases: readonly {
    readonly now: number
    readonly timeZone: string
    readonly rule: Rule
    readonly ids: readonly string[]
  }[]
}

/** `SEGMENT_WRITE_VECTORS=1` writes the file anew, after a change of the language. */
if (process.env['SEGMENT_WRITE_VECTORS'] === '1' || !existsSync(file)) {
  const seed = 42
  const rows = fc
    .sample(arbitraryPerson(false), { seed, numRuns: 60 })
    .map((person, index) => ({ ...person, id: String(index) }))
  const plainRows = JSON.parse(JSON.stringify(rows)) as Vectors['rows']
  const questions = fc.record({
    rule: arbitraryRule(peopleCatalog, 3),
    now: fc.constantFrom(...moments),
    timeZone: fc.constantFrom(...zones),
  })
  const cases = fc.sample(questions, { seed, numRuns: 500 }).map(({ rule, now, timeZone }) => {
    const holds = compilePredicate(rule, { catalog: peopleCatalog, now, timeZone })
    return { now, timeZone, rule, ids: plainRows.filter(holds).map((row) => String(row['id'])) }
  })
  const lines = (items: readonly unknown[]) => `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`
  writeFileSync(
    file,
    `{"catalog": ${JSON.stringify(peopleCatalog)},\n"rows": ${lines(plainRows)},\n"cases": ${lines(cases)}\n}\n`,
  )
}

const { catalog, rows, cases } = JSON.parse(readFileSync(file, 'utf8')) as Vectors

describe('the published vectors', () => {
  it('are met by predicates', () => {
    for (const { rule, now, timeZone, ids } of cases) {
      const holds = compilePredicate(parseRule(rule, catalog), { catalog, now, timeZone })
      expect([rule, rows.filter(holds).map((row) => row['id'])]).toEqual([rule, ids])
    }
  })

  for (const database of testDatabases(['sqlite', 'mariadb', 'mysql', 'postgres'])) {
    it.skipIf(database.missing)(`are met by ${database.title}`, async () => {
      const opened: OpenedDatabase = await database.open()
      try {
        await createPeopleTables(opened)
        await storePeople(opened, rows)
        for (const { rule, now, timeZone, ids } of cases) {
          const options = {
            catalog,
            dialect: opened.dialect,
            now,
            timeZone,
            scope: ours,
            placeholders: 'question',
          } as const
          const found = (await rowsOf(opened, compileSql(rule, options))).map(({ id }) => Number(id))
          expect([rule, found.sort((one, other) => one - other).map(String)]).toEqual([rule, ids])
        }
      } finally {
        await opened.close()
      }
    })
  }
})
