import { type Catalog, checkRule, compilePredicate, explain, type Rule } from '@muster/segment-core'
import fc from 'fast-check'
import { nanoid } from 'nanoid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { arbitraryRule } from '../../../segment-core/test/support/arbitrary-rule.ts'
import { amounts, moments, oneDecimal, texts, wholeNumbers } from '../../../segment-core/test/support/pools.ts'
import { insertWorkspace } from '../../src/accounts/workspaces-store.ts'
import { type Attribute, attributeTypes } from '../../src/attributes/attribute.ts'
import { insertAttribute } from '../../src/attributes/attribute-store.ts'
import { readValue } from '../../src/attributes/read-values.ts'
import { catalogWith } from '../../src/attributes/workspace-catalog.ts'
import { importCustomers } from '../../src/customers/import-customers.ts'
import { connect, type Database, disconnect } from '../../src/database/connect.ts'
import { createLongReads, type LongReads } from '../../src/database/long-reads.ts'
import { migrate } from '../../src/database/migrate.ts'
import { createAudience } from '../../src/segments/audience.ts'
import { loadRecord } from '../../src/segments/load-record.ts'

const now = Date.UTC(2026, 5, 15, 12)

const choices = ['gold', 'Silver', 'ß', 'in', 'NULL', '%', "it's", 'ﬁ']

const attribute: fc.Arbitrary<Omit<Attribute, 'name'>> = fc.record({
  label: fc.constant('one of ours'),
  type: fc.constantFrom(...attributeTypes),
  choices: fc.constant(choices),
  decimals: fc.integer({ min: 0, max: 3 }),
})

const declarations: fc.Arbitrary<readonly Attribute[]> = fc
  .array(attribute, { minLength: 1, maxLength: 6 })
  .map((some) =>
    some.map((each, index) => ({
      ...each,
      name: `own_${index}`,
      label: `own ${index}`,
      choices: each.type === 'choice' ? each.choices : [],
      decimals: each.type === 'number' ? each.decimals : 0,
    })),
  )

/** Anything at all: what the attribute refuses is left out, as a request with it would be. */
const anything = fc.oneof(
  fc.constantFrom(...texts, ...choices, ...amounts, ...wholeNumbers.map(Number), ...oneDecimal, true, false),
  fc.constantFrom(...moments).map((atMs) => new Date(Number(atMs)).toISOString()),
  fc.constantFrom(...moments).map((atMs) => new Date(Number(atMs)).toISOString().slice(0, 10)),
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true }),
)

function valuesFor(declared: readonly Attribute[]): fc.Arbitrary<Readonly<Record<string, string | number | boolean>>> {
  return fc
    .record(
      Object.fromEntries(declared.map((each) => [each.name, fc.array(anything, { minLength: 12, maxLength: 12 })])),
      { requiredKeys: [] },
    )
    .map((tries) => {
      const fitting = declared.flatMap((each) => {
        const read = (tries[each.name] ?? []).map((value) => readValue(value, each))
        const first = read.find((value) => value !== null && typeof value !== 'object')
        return first === undefined || first === null || typeof first === 'object' ? [] : [[each.name, first] as const]
      })
      return Object.fromEntries(fitting)
    })
}

/** The declared attributes alone, so that every random rule is about them. */
function ownFieldsOf(catalog: Catalog): Catalog {
  const { customers } = catalog.entities
  if (customers === undefined) throw new Error('no customers')
  const own = Object.entries(customers.fields).filter(([name]) => name.startsWith('own_'))
  return { ...catalog, entities: { customers: { ...customers, fields: Object.fromEntries(own), relations: {} } } }
}

const runs = { sqlite: 25, mariadb: 10, mysql: 10, postgres: 0 }

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`rules over attributes on ${database.title}`, () => {
    let opened: Awaited<ReturnType<typeof database.open>>
    let here: Database
    let longReads: LongReads
    const world = { nowMs: () => now, after: () => () => {}, random: () => 0.5, newId: () => nanoid() }

    beforeAll(async () => {
      opened = await database.open()
      here = await connect(opened.url)
      await migrate(here, now)
      longReads = createLongReads(here)
    })
    afterAll(async () => {
      await longReads?.close()
      if (here !== undefined) await disconnect(here)
      await opened?.close()
    })

    it('choose the same customers in the database, in memory and in explanations', () =>
      fc.assert(
        fc.asyncProperty(
          declarations.chain((declared) =>
            fc.record({
              declared: fc.constant(declared),
              people: fc.array(valuesFor(declared), { minLength: 8, maxLength: 16 }),
              rules: fc.array(arbitraryRule(ownFieldsOf(catalogWith(declared)), 3), { minLength: 12, maxLength: 12 }),
            }),
          ),
          async ({ declared, people, rules }) => {
            const catalog = catalogWith(declared)
            const workspace = await workspaceOf(declared)
            const ids = await customersOf(workspace, people)
            const records = await Promise.all(ids.map((id) => loadRecord(here.knex, catalog, workspace, id)))
            const audience = createAudience(here, longReads)
            const population = {
              workspaceId: workspace,
              catalog,
              timeZone: 'Asia/Kolkata',
              segments: new Map<string, Rule>(),
            }
            for (const rule of rules) {
              if (!checkRule(rule, catalog).ok) continue
              const options = { catalog, now, timeZone: 'Asia/Kolkata' }
              const matches = compilePredicate(rule, options)
              const inMemory = ids.filter((_, index) => matches(records[index] ?? {}))
              const explained = ids.filter((_, index) => explain(rule, records[index] ?? {}, options).verdict)
              const inDatabase = await audience.idsAfter(population, rule, now, '', 1_000)
              expect([...inDatabase].sort()).toEqual([...inMemory].sort())
              expect(explained).toEqual(inMemory)
              const [whole] = await audience.countEach(population, rule, now)
              expect(whole?.count).toBe(inMemory.length)
            }
          },
        ),
        { numRuns: runs[database.name], endOnFailure: false },
      ))

    async function workspaceOf(declared: readonly Attribute[]): Promise<string> {
      const id = nanoid()
      const workspace = { id, name: 'W', timeZone: 'UTC', currency: 'USD', consentPolicy: 'opt-out' as const }
      await insertWorkspace(here.knex, workspace, now)
      for (const each of declared) await insertAttribute(here.knex, id, each, now)
      return id
    }

    async function customersOf(
      workspaceId: string,
      people: readonly Readonly<Record<string, string | number | boolean>>[],
    ): Promise<readonly string[]> {
      const parts = {
        knex: here.knex,
        reads: here.reads,
        world,
        timeZoneOf: async () => 'UTC',
        eraseTraces: async () => {},
      }
      const rows = people.map((attributes, index) => ({
        ok: true as const,
        value: { email: `p${index}@mail.example`, name: `P ${index}`, attributes },
      }))
      const results = await importCustomers(parts, { workspaceId, userId: 'nobody' }, rows)
      return results.map((result) => {
        if (result.status !== 'created') throw new Error(`Not created: ${JSON.stringify(result)}`)
        return result.id
      })
    }
  })
}
