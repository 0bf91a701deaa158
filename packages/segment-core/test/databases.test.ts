import * as fc from 'fast-check'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenedDatabase, testDatabases } from '../../../testing/databases.ts'
import { defineCatalog } from '../src/language/define-catalog.ts'
import type { Rule } from '../src/language/rule.ts'
import { compilePredicate } from '../src/targets/compile-predicate.ts'
import { compileSql, compileWhere } from '../src/targets/compile-sql.ts'
import { countConditions } from '../src/targets/count-conditions.ts'
import { arbitraryPerson } from './support/arbitrary-person.ts'
import { arbitraryRule } from './support/arbitrary-rule.ts'
import { rowsOf } from './support/ask-database.ts'
import { peopleCatalog as catalog, ours } from './support/people-catalog.ts'
import { createPeopleTables, storePeople } from './support/people-database.ts'

const now = Date.UTC(2026, 5, 15, 12)

type Row = Record<string, unknown>

/** A connection that sends statements and values apart. */
async function preparedOn({ dialect, url }: OpenedDatabase) {
  if (dialect === 'postgresql') {
    const client = new pg.Client(url)
    await client.connect()
    return {
      sql: async (text: string, values: readonly unknown[]) => (await client.query(text, [...values])).rows as Row[],
      close: () => client.end(),
    }
  }
  const connection = await mysql.createConnection(url)
  return {
    sql: async (text: string, values: readonly (string | number)[]) =>
      (await connection.execute(text, [...values]))[0] as Row[],
    close: () => connection.end(),
  }
}
const seed = 20_260_615
const people = fc.sample(arbitraryPerson(false), { seed, numRuns: 60 })
const records = people.map((person, index) => ({ ...person, id: String(index) }) as Record<string, unknown>)

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql', 'postgres'])) {
  describe.skipIf(database.missing)(database.title, () => {
    let opened: OpenedDatabase
    beforeAll(async () => {
      opened = await database.open()
      await createPeopleTables(opened)
      await storePeople(opened, people)
    })
    afterAll(() => opened?.close())

    const optionsOf = () => ({ catalog, dialect: opened.dialect, now, scope: ours, placeholders: 'question' }) as const

    it('counts each condition and group, and those who are in it only because a value is missing', async () => {
      const rule: Rule = {
        logic: 'AND',
        conditions: [
          { field: 'city', operator: '!=', value: 'Mumbai' },
          {
            logic: 'OR',
            conditions: [
              { field: 'visits', operator: '>', value: 1 },
              { field: 'active', operator: 'isNotSet' },
            ],
          },
          { aggregate: 'max', of: 'orders', field: 'createdAt', operator: 'notWithinLast', value: { days: 90 } },
        ],
      }
      const compiled = countConditions(rule, optionsOf())
      const [row] = await rowsOf(opened, compiled)
      const seen = compiled.nodes.map(({ path, kind, count, onlyMissing }) => [
        path,
        kind,
        Number(row![count]),
        onlyMissing === undefined ? undefined : Number(row![onlyMissing]),
      ])
      const countOf = (one: Rule) => records.filter(compilePredicate(one, { catalog, now })).length
      const isSet = (one: Rule, known: Rule) =>
        countOf({ logic: 'AND', conditions: [one, { logic: 'NOT', conditions: [known] }] })
      const city = rule.conditions[0]!
      const last = rule.conditions[2]!
      const knownCity: Rule = { logic: 'AND', conditions: [city, { field: 'city', operator: 'isSet' }] }
      const knownLast: Rule = {
        logic: 'AND',
        conditions: [last, { aggregate: 'max', of: 'orders', field: 'createdAt', operator: 'isSet' }],
      }
      expect(seen).toEqual([
        [
          '',
          'group',
          countOf(rule),
          isSet(rule, { logic: 'AND', conditions: [knownCity, rule.conditions[1]!, knownLast] }),
        ],
        ['/conditions/0', 'condition', countOf(city), isSet(city, knownCity)],
        ['/conditions/1', 'group', countOf(rule.conditions[1]!), undefined],
        ['/conditions/1/conditions/0', 'condition', countOf({ field: 'visits', operator: '>', value: 1 }), undefined],
        ['/conditions/1/conditions/1', 'condition', countOf({ field: 'active', operator: 'isNotSet' }), undefined],
        ['/conditions/2', 'condition', countOf(last), isSet(last, knownLast)],
      ])
      expect(isSet(city, knownCity)).toBeGreaterThan(0)
    })

    it('counts every rule as memory does', async () => {
      for (const rule of fc.sample(arbitraryRule(catalog, 3), { seed, numRuns: 60 })) {
        const compiled = countConditions(rule, optionsOf())
        const [row] = await rowsOf(opened, compiled)
        expect(Number(row![compiled.nodes[0]!.count])).toBe(
          records.filter(compilePredicate(rule, { catalog, now })).length,
        )
      }
    })

    it('gives conditions that are never NULL, also under another alias', async () => {
      for (const rule of fc.sample(arbitraryRule(catalog, 3), { seed, numRuns: 60 })) {
        const where = compileWhere(rule, { ...optionsOf(), alias: 'p' })
        const sql = `SELECT p.id FROM people AS p WHERE p.workspace = 'ours' AND NOT (${where.sql})`
        const rows = await rowsOf(opened, { ...where, sql })
        expect(rows.length).toBe(records.length - records.filter(compilePredicate(rule, { catalog, now })).length)
      }
    })

    it('takes lists as long as a rule allows, several of them', async () => {
      const values = Array.from({ length: 10_000 }, (_, index) => `city ${index}`)
      const tags = Array.from({ length: 10_000 }, (_, index) => `tag ${index}`)
      const rule: Rule = {
        logic: 'OR',
        conditions: [
          { field: 'city', operator: 'in', value: [...values.slice(1), 'Mumbai'] },
          { field: 'code', operator: 'in', value: values },
          { field: 'plan', operator: 'in', value: values },
          { field: 'tags', operator: 'hasAny', value: [...tags.slice(1), 'VIP'] },
          { field: 'hobbies', operator: 'hasAll', value: tags },
          ...(['visits', 'rating', 'spend', 'credit', 'points'] as const).map(
            (field) => ({ field, operator: 'in', value: tags.map((_, index) => 2 * index + 1) }) as const,
          ),
        ],
      }
      const rows = await rowsOf(opened, compileSql(rule, optionsOf()))
      expect(rows.length).toBe(records.filter(compilePredicate(rule, { catalog, now })).length)
    })

    it('takes a thousand conditions in one group', async () => {
      const conditions = Array.from(
        { length: 999 },
        (_, index) => ({ field: 'visits', operator: '=', value: index }) as const,
      )
      const rule: Rule = { logic: 'OR', conditions }
      const rows = await rowsOf(opened, compileSql(rule, optionsOf()))
      expect(rows.length).toBe(records.filter(compilePredicate(rule, { catalog, now })).length)
    })

    // Drivers write values into the text, or send them apart: then the database chooses the types of the placeholders.
    it.skipIf(database.name === 'sqlite')('answers prepared statements alike', async () => {
      const { sql, close } = await preparedOn(opened)
      for (const rule of fc.sample(arbitraryRule(catalog, 3), { seed, numRuns: 100 })) {
        const compiled = compileSql(rule, { catalog, dialect: opened.dialect, now, scope: ours })
        const ids = (await sql(compiled.sql, compiled.bindings)).map(({ id }) => Number(id))
        const expected = records.filter(compilePredicate(rule, { catalog, now })).map(({ id }) => Number(id))
        expect([rule, ids.sort((one, other) => one - other)]).toEqual([rule, expected])
      }
      await close()
    })

    it('uses an index on the column', async () => {
      const { knex, dialect } = opened
      const bin =
        dialect === 'mysql' ? 'COLLATE utf8mb4_0900_bin' : dialect === 'mariadb' ? 'COLLATE utf8mb4_nopad_bin' : ''
      const c = dialect === 'postgresql' ? 'COLLATE "C"' : bin
      await knex.raw(
        `CREATE TABLE places (id bigint PRIMARY KEY, city_folded varchar(60) ${c}, visits bigint, last_ms bigint)`,
      )
      for (let start = 0; start < 20_000; start += 500) {
        await knex('places').insert(
          Array.from({ length: 500 }, (_, index) => ({
            id: start + index,
            city_folded: `city ${start + index}`,
            visits: start + index,
            last_ms: start + index,
          })),
        )
      }
      for (const column of ['city_folded', 'visits', 'last_ms']) {
        await knex.raw(`CREATE INDEX places_${column} ON places (${column})`)
      }
      await knex.raw(dialect === 'sqlite' || dialect === 'postgresql' ? 'ANALYZE places' : 'ANALYZE TABLE places')
      const places = defineCatalog({
        root: 'places',
        timeZone: 'UTC',
        entities: {
          places: {
            table: 'places',
            primaryKey: 'id',
            label: { one: 'place', many: 'places' },
            fields: {
              city: { type: 'text', column: 'city_folded', foldedColumn: 'city_folded' },
              visits: { type: 'number', column: 'visits' },
              last: { type: 'date', column: 'last_ms', stored: 'epochMs' },
            },
          },
        },
      })
      const selective: [Rule, string][] = [
        [{ field: 'city', operator: '=', value: 'City 77' }, 'places_city_folded'],
        [{ field: 'city', operator: 'in', value: ['city 7', 'city 8', 'CITY 9'] }, 'places_city_folded'],
        [{ field: 'visits', operator: '=', value: 5 }, 'places_visits'],
        [{ field: 'visits', operator: 'between', value: [5, 8] }, 'places_visits'],
        [{ field: 'visits', operator: '>=', value: 19_990 }, 'places_visits'],
        [{ field: 'last', operator: 'before', value: '1970-01-01T00:00:00.010Z' }, 'places_last_ms'],
      ]
      // LIKE on a column whose collation is not known for sure does not help PostgreSQL.
      if (dialect !== 'postgresql')
        selective.push([{ field: 'city', operator: 'startsWith', value: 'city 777' }, 'places_city_folded'])
      for (const [rule, index] of selective) {
        const compiled = compileSql(rule, { catalog: places, dialect, now: 0, placeholders: 'question' })
        const plan = await rowsOf(opened, {
          ...compiled,
          sql: `EXPLAIN ${dialect === 'sqlite' ? 'QUERY PLAN ' : ''}${compiled.sql}`,
        })
        const shown = JSON.stringify(plan)
        expect(shown).toContain(index)
        expect(shown).not.toMatch(/SCAN places(?! USING)|Seq Scan/)
      }
    })
  })
}
