import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { slotCount, stableSlot } from '../../src/database/stable-slot.ts'
import { slotOf, variantAt, variantSql } from '../../src/deliveries/shares.ts'
import { addCustomers, type OpenedForTest, openMigrated } from './open-database-store.ts'

const shares = [
  { variant: 'control', below: 1_000 },
  { variant: 'A', below: 5_500 },
  { variant: 'B', below: 9_000 },
]

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the division of people on ${database.title}`, () => {
    let opened: OpenedForTest
    beforeAll(async () => {
      opened = await openMigrated(database)
      await addCustomers(
        opened.knex,
        'person',
        Array.from({ length: 300 }, (_, index) => `p${index}@x.example`),
      )
    })
    afterAll(() => opened?.close())

    it('is the same in SQL as in memory, whatever the salt', () =>
      fc.assert(
        fc.asyncProperty(
          fc.string({ maxLength: 32 }).filter((salt) => !/[\0\p{Cs}]/u.test(salt)),
          async (salt) => {
            const { knex } = opened
            const slots = knex('customers').select('id', { slot: slotOf(knex, opened, { salt, shares }) })
            const rows = await knex
              .from(slots.as('s'))
              .select('s.id', 's.slot', { variant: variantSql(knex, 's.slot', shares) })
            const expected = rows.map(({ id }) => {
              const slot = stableSlot(salt, id)
              return { id, slot, variant: variantAt(slot, shares) }
            })
            expect(rows.map((row) => ({ ...row, slot: Number(row.slot) }))).toEqual(expected)
          },
        ),
        { numRuns: 25 },
      ))
  })
}

describe('slots', () => {
  const people = Array.from({ length: 20_000 }, (_, index) => `customer-${index}`)

  // With 10 cells and the seed drawn afresh, a fair division exceeds this bound in about one of ten million runs.
  const hardlyEverAbove = (degreesOfFreedom: number) => degreesOfFreedom + 8 * Math.sqrt(2 * degreesOfFreedom)

  it('are filled evenly', () =>
    fc.assert(
      fc.property(fc.uuid(), (salt) => {
        const cells = new Array<number>(10).fill(0)
        for (const person of people) cells[Math.floor((stableSlot(salt, person) * 10) / slotCount)]! += 1
        expect(chiSquare(cells, people.length / 10)).toBeLessThan(hardlyEverAbove(9))
      }),
      { numRuns: 30 },
    ))

  it('of one campaign say nothing about those of another', () =>
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        fc.pre(one !== other)
        const cells = new Array<number>(25).fill(0)
        for (const person of people) {
          const row = Math.floor((stableSlot(one, person) * 5) / slotCount)
          const column = Math.floor((stableSlot(other, person) * 5) / slotCount)
          cells[row * 5 + column]! += 1
        }
        expect(chiSquare(cells, people.length / 25)).toBeLessThan(hardlyEverAbove(24))
      }),
      { numRuns: 30 },
    ))
})

function chiSquare(cells: readonly number[], expected: number): number {
  return cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}
