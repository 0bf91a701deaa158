import { describe, expect, it } from 'vitest'
import type { Catalog, Field } from '../src/language/catalog.ts'
import { defineCatalog } from '../src/language/define-catalog.ts'
import type { Rule } from '../src/language/rule.ts'
import type { DialectName } from '../src/sql/dialect.ts'
import { compileSql, compileWhere } from '../src/targets/compile-sql.ts'
import { describe as say } from '../src/words/describe.ts'

/** A dozen exact texts, so that a change of SQL or of wording is seen. */
const catalog = defineCatalog({
  root: 'customers',
  timeZone: 'UTC',
  currency: 'INR',
  exactText: true,
  entities: {
    customers: {
      table: 'customers',
      primaryKey: 'id',
      scopeColumn: 'workspace_id',
      label: { one: 'customer', many: 'customers' },
      fields: {
        id: { type: 'text', column: 'id', caseSensitive: true, required: true, unique: true },
        city: { type: 'text', column: 'city', foldedColumn: 'city_folded', distinctValues: 50 },
        totalSpending: { type: 'money', column: 'total_spending_minor', minorUnits: true, required: true },
        birthday: { type: 'date', column: 'birthday', dayOnly: true, stored: 'isoText' },
        lastVisit: { type: 'date', column: 'last_visit_at_ms', stored: 'epochMs' },
        points: {
          type: 'number',
          json: {
            column: 'attributes',
            key: 'points',
            rows: {
              table: 'customer_attributes',
              ownerColumn: 'customer_id',
              nameColumn: 'name',
              textColumn: 'value_key',
              numberColumn: 'number_value',
            },
          },
        },
        tags: {
          type: 'tags',
          table: 'customer_tags',
          ownerColumn: 'customer_id',
          column: 'tag',
          foldedColumn: 'tag_folded',
        },
      },
      relations: { orders: { entity: 'orders', foreignKey: 'customer_id', ownersExist: true } },
    },
    orders: {
      table: 'orders',
      primaryKey: 'id',
      scopeColumn: 'workspace_id',
      label: { one: 'order', many: 'orders' },
      fields: {
        total: { type: 'money', column: 'total_minor', minorUnits: true, required: true },
        status: { type: 'enum', column: 'status', values: ['PENDING', 'COMPLETED'], required: true },
        createdAt: { type: 'date', column: 'created_at_ms', stored: 'epochMs', required: true },
      },
    },
  },
})

const completed: Rule = { field: 'status', operator: '=', value: 'COMPLETED' }
const recent: Rule = { field: 'createdAt', operator: 'withinLast', value: { days: 1 } }
const spent: Rule = {
  aggregate: 'sum',
  of: 'orders',
  field: 'total',
  where: { logic: 'AND', conditions: [completed, recent] },
  operator: '>',
  value: 5000,
}

const goldens: readonly [string, Rule, string, string][] = [
  [
    'a custom attribute that is kept in rows',
    { field: 'points', operator: 'notBetween', value: [1, 9] },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND NOT (`customers`.`id` IN (SELECT `t1`.`customer_id` FROM `customer_attributes` AS `t1` WHERE (`t1`.`workspace_id` = ? AND `t1`.`name` = ? AND (`t1`.`number_value` >= ? AND `t1`.`number_value` <= ?)))))',
    'Customers whose points is not between 1 and 9.',
  ],
  [
    'a comparison and a list',
    {
      logic: 'AND',
      conditions: [
        { field: 'totalSpending', operator: '>', value: 5000 },
        { field: 'city', operator: 'in', value: ['Mumbai', 'Delhi'] },
      ],
    },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND (`customers`.`total_spending_minor` >= ? AND (`customers`.`city_folded` IS NOT NULL AND `customers`.`city_folded` IN (?, ?))))',
    'Customers whose total spending is more than ₹5,000 and whose city is "Mumbai" or "Delhi".',
  ],
  [
    'a complement',
    { field: 'city', operator: '!=', value: 'Mumbai' },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND (NOT (`customers`.`city_folded` IS NOT NULL) OR NOT (`customers`.`city_folded` = ?)))',
    'Customers whose city is not "Mumbai".',
  ],
  [
    'one figure alone',
    spent,
    'SELECT `t1`.`customer_id` AS `id` FROM `orders` AS `t1` WHERE (`t1`.`customer_id` IS NOT NULL AND `t1`.`workspace_id` = ? AND ((`t1`.`created_at_ms` >= ? AND `t1`.`created_at_ms` <= ?) AND `t1`.`status` = ?)) GROUP BY `t1`.`customer_id` HAVING SUM(`t1`.`total_minor`) >= ?',
    'Customers whose sum of total over orders (whose status is "COMPLETED" and whose created at is within the last 1 day) is more than ₹5,000.',
  ],
  [
    'a figure beside another condition',
    { logic: 'AND', conditions: [{ field: 'totalSpending', operator: '>', value: 1 }, spent] },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND (`customers`.`total_spending_minor` >= ? AND `customers`.`id` IN (SELECT `t1`.`customer_id` FROM `orders` AS `t1` WHERE (`t1`.`customer_id` IS NOT NULL AND `t1`.`workspace_id` = ? AND ((`t1`.`created_at_ms` >= ? AND `t1`.`created_at_ms` <= ?) AND `t1`.`status` = ?)) GROUP BY `t1`.`customer_id` HAVING SUM(`t1`.`total_minor`) >= ?)))',
    'Customers whose total spending is more than ₹1 and whose sum of total over orders (whose status is "COMPLETED" and whose created at is within the last 1 day) is more than ₹5,000.',
  ],
  [
    'a figure beside a condition that leaves few',
    { logic: 'AND', conditions: [{ field: 'id', operator: '=', value: 'x' }, spent] },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND (`customers`.`id` = ? AND EXISTS (SELECT 1 FROM `orders` AS `t1` WHERE (`t1`.`customer_id` = `customers`.`id` AND `t1`.`workspace_id` = ? AND ((`t1`.`created_at_ms` >= ? AND `t1`.`created_at_ms` <= ?) AND `t1`.`status` = ?)) GROUP BY `t1`.`customer_id` HAVING SUM(`t1`.`total_minor`) >= ?)))',
    'Customers whose id is "x" and whose sum of total over orders (whose status is "COMPLETED" and whose created at is within the last 1 day) is more than ₹5,000.',
  ],
  [
    'figures over the same rows',
    {
      logic: 'AND',
      conditions: [
        { aggregate: 'count', of: 'orders', where: recent, operator: '>=', value: 3 },
        {
          aggregate: 'count',
          of: 'orders',
          where: { logic: 'AND', conditions: [recent, completed] },
          operator: '=',
          value: 0,
        },
      ],
    },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND `customers`.`id` IN (SELECT `t1`.`customer_id` FROM `orders` AS `t1` WHERE (`t1`.`customer_id` IS NOT NULL AND `t1`.`workspace_id` = ? AND (`t1`.`created_at_ms` >= ? AND `t1`.`created_at_ms` <= ?)) GROUP BY `t1`.`customer_id` HAVING (COUNT(*) >= ? AND COUNT(CASE WHEN `t1`.`status` = ? THEN 1 END) = ?)))',
    'Customers whose number of orders (whose created at is within the last 1 day) is at least 3 and whose number of orders (whose created at is within the last 1 day and whose status is "COMPLETED") is exactly 0.',
  ],
  [
    'absence',
    { aggregate: 'count', of: 'orders', operator: '=', value: 0 },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND NOT EXISTS (SELECT 1 FROM `orders` AS `t1` WHERE (`t1`.`customer_id` = `customers`.`id` AND `t1`.`workspace_id` = ?)))',
    'Customers whose number of orders is exactly 0.',
  ],
  [
    'a figure that those without any fulfil',
    { aggregate: 'count', of: 'orders', operator: '<', value: 3 },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND `customers`.`id` NOT IN (SELECT `t1`.`customer_id` FROM `orders` AS `t1` WHERE (`t1`.`customer_id` IS NOT NULL AND `t1`.`workspace_id` = ?) GROUP BY `t1`.`customer_id` HAVING NOT (COUNT(*) <= ?)))',
    'Customers whose number of orders is less than 3.',
  ],
  [
    'an average',
    { aggregate: 'avg', of: 'orders', field: 'total', operator: '=', value: 33.33 },
    'SELECT `t1`.`customer_id` AS `id` FROM `orders` AS `t1` WHERE (`t1`.`customer_id` IS NOT NULL AND `t1`.`workspace_id` = ?) GROUP BY `t1`.`customer_id` HAVING SUM(`t1`.`total_minor`) = CAST(? AS DECIMAL(65, 0)) * COUNT(*)',
    'Customers whose average of total over orders is exactly ₹33.33.',
  ],
  [
    'tags',
    { field: 'tags', operator: 'hasNone', value: ['Staff'] },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND NOT (`customers`.`id` IN (SELECT `t1`.`customer_id` FROM `customer_tags` AS `t1` WHERE (`t1`.`workspace_id` = ? AND `t1`.`customer_id` IS NOT NULL AND `t1`.`tag_folded` = ?))))',
    'Customers whose tags do not include "Staff".',
  ],
  [
    'a birthday',
    { field: 'birthday', operator: 'anniversaryIn', value: { month: 4 } },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND (`customers`.`birthday` IS NOT NULL AND SUBSTR(`customers`.`birthday`, 6, 5) BETWEEN ? AND ?))',
    'Customers whose birthday recurs in April.',
  ],
  [
    'a negated group',
    {
      logic: 'NOT',
      conditions: [
        { field: 'lastVisit', operator: 'before', value: '2026-01-31' },
        { field: 'city', operator: 'isSet' },
      ],
    },
    'SELECT `customers`.`id` FROM `customers` WHERE (`customers`.`workspace_id` = ? AND ((`customers`.`last_visit_at_ms` IS NULL OR `customers`.`last_visit_at_ms` > ?) AND `customers`.`city` IS NULL))',
    'Customers not (whose last visit is before 31 January 2026 or whose city is known).',
  ],
]

describe('goldens', () => {
  it.each(goldens)('%s', (_title, rule, sql, words) => {
    expect(compileSql(rule, { catalog, dialect: 'mysql', now: Date.UTC(2026, 0, 1), scope: 'w' }).sql).toBe(sql)
    expect(say(rule, catalog)).toBe(words)
  })

  it('numbers the placeholders of PostgreSQL, or leaves them to Knex', () => {
    const rule: Rule = { field: 'city', operator: '=', value: 'Mumbai' }
    const options = { catalog, dialect: 'postgresql', now: 0, scope: 'w' } as const
    expect(compileSql(rule, options).sql).toContain(
      '= $1 AND ("customers"."city_folded" IS NOT NULL AND "customers"."city_folded" = $2)',
    )
    expect(compileSql(rule, { ...options, placeholders: 'question' }).sql).toContain('= ? AND')
  })

  it('looks up who a single figure chooses as each database does it soonest, and beside others all by IN', () => {
    const whereIn = (dialect: DialectName, rule: Rule) =>
      compileWhere(rule, { catalog, dialect, now: 0, scope: 'w' }).sql
    const alone: Rule = { logic: 'AND', conditions: [spent] }
    expect(whereIn('postgresql', alone)).toContain('"customers"."id" = ANY(ARRAY(SELECT "t1"."customer_id" FROM')
    expect(whereIn('mysql', alone)).toContain('`customers`.`id` IN (SELECT * FROM (SELECT `t1`.`customer_id` FROM')
    expect(whereIn('mariadb', alone)).toContain('`customers`.`id` IN (SELECT `t1`.`customer_id` FROM')
    const beside: Rule = { logic: 'AND', conditions: [spent, { field: 'totalSpending', operator: '>', value: 1 }] }
    for (const dialect of ['postgresql', 'mysql'] as const) {
      expect(whereIn(dialect, beside)).toMatch(/.customers.\..id. IN \(SELECT .t1.\..customer_id. FROM/)
    }
  })

  it('lets a figure over a short time lead the others', () => {
    const often: Rule = { aggregate: 'count', of: 'orders', operator: '>=', value: 3 }
    const rule: Rule = { logic: 'AND', conditions: [often, spent] }
    for (const dialect of ['sqlite', 'mysql', 'mariadb', 'postgresql'] as const) {
      const { sql } = compileWhere(rule, { catalog, dialect, now: 0, scope: 'w' })
      expect(sql).toMatch(/ IN \(SELECT .*SUM.*EXISTS \(SELECT 1 .*COUNT/)
    }
  })

  it('states the moment and the zone', () => {
    expect(compileSql({ everyone: true }, { catalog, dialect: 'sqlite', now: 5, scope: 'w' })).toMatchObject({
      now: 5,
      timeZone: 'UTC',
      bindings: ['w'],
    })
  })

  it('refuses to compile without a scope, or without a way to fold text', () => {
    expect(() => compileSql({ everyone: true }, { catalog, dialect: 'sqlite', now: 0 })).toThrow(/scope/)
    const bare = defineCatalog({
      root: 'people',
      timeZone: 'UTC',
      entities: {
        people: {
          table: 'people',
          primaryKey: 'id',
          label: { one: 'person', many: 'people' },
          fields: { city: { type: 'text', column: 'city' } },
        },
      },
    })
    const rule: Rule = { field: 'city', operator: '=', value: 'X' }
    expect(() => compileSql(rule, { catalog: bare, dialect: 'sqlite', now: 0 })).toThrow(/foldFunction/)
    expect(compileSql(rule, { catalog: bare, dialect: 'sqlite', now: 0, foldFunction: 'muster_fold' })).toMatchObject({
      sql: 'SELECT "people"."id" FROM "people" WHERE (muster_fold("people"."city") IS NOT NULL AND muster_fold("people"."city") COLLATE BINARY = ?)',
      bindings: ['x'],
    })
    expect(() => compileSql(rule, { catalog: bare, dialect: 'sqlite', now: 0, foldFunction: 'x(' })).toThrow(TypeError)
  })
})

describe('rows beside a custom attribute', () => {
  const rows = { table: 't', ownerColumn: 'o', nameColumn: 'n', textColumn: 'x', numberColumn: 'y' }
  const catalogOf = (field: Field) =>
    defineCatalog<Catalog>({
      root: 'people',
      timeZone: 'UTC',
      entities: { people: { table: 'p', primaryKey: 'id', label: { one: 'p', many: 'ps' }, fields: { f: field } } },
    })

  it.each<[string, Field, string]>([
    ['tags', { type: 'tags', json: { column: 'a', key: 'f', rows } }, 'neither tags nor texts whose case counts'],
    [
      'a text whose case counts',
      { type: 'text', caseSensitive: true, json: { column: 'a', key: 'f', rows } },
      'neither tags nor texts whose case counts',
    ],
    [
      'a name that is none in SQL',
      { type: 'text', json: { column: 'a', key: 'f', rows: { ...rows, table: 't; drop' } } },
      'rows.table "t; drop" is not a plain identifier',
    ],
  ])('are refused for %s', (_what, field, fault) => {
    expect(() => catalogOf(field)).toThrow(fault)
  })

  it('are left alone where few records remain: their JSON is opened sooner', () => {
    const rule: Rule = {
      logic: 'AND',
      conditions: [
        { field: 'city', operator: '=', value: 'Pune' },
        { field: 'points', operator: '>', value: 9 },
      ],
    }
    const { sql } = compileSql(rule, { catalog, dialect: 'sqlite', now: 0, scope: 'w' })
    expect(sql).toContain('json_extract')
    expect(sql).not.toContain('customer_attributes')
  })
})
