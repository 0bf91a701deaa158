import { setImmediate as nextTurn } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../testing/databases.ts'
import { parseRule } from '../src/checking/check-rule.ts'
import { compilePredicate } from '../src/targets/compile-predicate.ts'
import { compileSql } from '../src/targets/compile-sql.ts'
import { arbitraryPerson } from './support/arbitrary-person.ts'
import { arbitraryRule } from './support/arbitrary-rule.ts'
import { ours, peopleCatalog } from './support/people-catalog.ts'
import { createPeopleTables, storePeople } from './support/people-database.ts'
import { moments, zones } from './support/pools.ts'

const ruleCount = Number(process.env['SEGMENT_RULES'] ?? 10_000)
const seed = Number(process.env['SEGMENT_SEED'] ?? Date.now() % 2 ** 31)
const rulesPerBatch = 250
const peoplePerBatch = 100

const questions = fc.record({
  rule: arbitraryRule(peopleCatalog),
  now: fc.constantFrom(...moments),
  timeZone: fc.constantFrom(...zones),
  /** What the caller claims to know about selectivity decides the shape of the SQL, and must not change the answer. */
  share: fc.constantFrom(undefined, undefined, 0.01, 0.05),
})

/**
 * The promise of the package: for the same data memory and every database choose the same audience.
 * `SEGMENT_RULES=100000` runs longer, `SEGMENT_SEED` repeats a run.
 */
for (const database of testDatabases(['sqlite', 'mariadb', 'mysql', 'postgres'])) {
  describe.skipIf(database.missing)(database.title, { concurrent: true }, () => {
    it(`chooses the audience that memory chooses, for ${ruleCount} rules (seed ${seed})`, {
      timeout: 3_600_000,
    }, async () => {
      const opened = await database.open()
      try {
        await createPeopleTables(opened)
        for (let batch = 0; batch * rulesPerBatch < ruleCount; batch += 1) {
          const batchSeed = seed + batch
          const people = fc.sample(arbitraryPerson(opened.dialect !== 'postgresql'), {
            seed: batchSeed,
            numRuns: peoplePerBatch,
          })
          const records = people.map((person, index) => ({ ...person, id: String(index) }))
          await storePeople(opened, people)
          for (const { rule: json, now, timeZone, share } of fc.sample(questions, {
            seed: batchSeed,
            numRuns: rulesPerBatch,
          })) {
            // SQLite answers at once; the others' sockets want their turn too.
            await nextTurn()
            const rule = parseRule(json, peopleCatalog)
            const holds = compilePredicate(rule, { catalog: peopleCatalog, now, timeZone })
            const fromMemory = records.filter(holds).map(({ id }) => id)
            const { sql, bindings } = compileSql(rule, {
              catalog: peopleCatalog,
              dialect: opened.dialect,
              now,
              timeZone,
              scope: ours,
              placeholders: 'question',
              selectivity: () => share,
            })
            const about = () => ({
              seed: batchSeed,
              rule: JSON.stringify(json),
              now,
              timeZone,
              sql,
              bindings: JSON.stringify(bindings),
            })
            const found = await opened.knex.raw(sql, [...bindings]).catch((error: unknown) => {
              throw new Error(JSON.stringify(about(), null, 1), { cause: error })
            })
            const rows = (
              opened.dialect === 'postgresql' ? found.rows : opened.dialect === 'sqlite' ? found : found[0]
            ) as { id: string }[]
            const fromDatabase = rows.map(({ id }) => id).sort((one, other) => Number(one) - Number(other))
            const odd = records.filter(({ id }) => fromMemory.includes(id) !== fromDatabase.includes(id))
            if (odd.length > 0) {
              throw new Error(
                JSON.stringify({ ...about(), memorySays: fromMemory.includes(odd[0]!.id), record: odd[0] }, null, 1),
              )
            }
            expect(fromDatabase).toEqual(fromMemory)
          }
        }
      } finally {
        await opened.close()
      }
    })
  })
}
