/** How does one rule ask memory and every database the same question? */

import { type Catalog, checkRule, compilePredicate, compileSql, defineCatalog, describe } from '@muster/segment-core'

const gym: Catalog = defineCatalog({
  root: 'members',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  entities: {
    members: {
      table: 'members',
      primaryKey: 'id',
      label: { one: 'member', many: 'members' },
      fields: {
        plan: { type: 'enum', column: 'plan', values: ['basic', 'premium'], required: true },
        fee: { type: 'money', column: 'fee_cents', minorUnits: true, label: 'monthly fee' },
        joinedAt: { type: 'date', column: 'joined_at', stored: 'datetime', recordsPast: true },
      },
      relations: { visits: { entity: 'visits', foreignKey: 'member_id' } },
    },
    visits: {
      table: 'visits',
      primaryKey: 'id',
      label: { one: 'visit', many: 'visits' },
      fields: { at: { type: 'date', column: 'at', stored: 'datetime', required: true, recordsPast: true } },
    },
  },
})

const checked = checkRule(
  {
    logic: 'AND',
    conditions: [
      { field: 'plan', operator: '=', value: 'premium' },
      {
        aggregate: 'count',
        of: 'visits',
        where: { field: 'at', operator: 'withinLast', value: { days: 30 } },
        operator: '<',
        value: 2,
      },
    ],
  },
  gym,
)
if (!checked.ok) throw new Error(checked.issues.map(({ path, message }) => `${path}: ${message}`).join('\n'))

const now = Date.parse('2026-03-15T09:30:00Z')
process.stdout.write(`${describe(checked.rule, gym)}\n\n`)

for (const dialect of ['sqlite', 'mysql', 'mariadb', 'postgresql'] as const) {
  const { sql, bindings } = compileSql(checked.rule, { catalog: gym, dialect, now })
  process.stdout.write(`${dialect}: ${sql}\n  ${JSON.stringify(bindings)}\n`)
}

const isSlipping = compilePredicate(checked.rule, { catalog: gym, now })
const members = [
  { name: 'Ada', plan: 'premium', visits: [{ at: '2026-03-01T18:00:00Z' }] },
  { name: 'Ben', plan: 'premium', visits: [{ at: '2026-03-01T18:00:00Z' }, { at: '2026-03-08T18:00:00Z' }] },
  { name: 'Cem', plan: 'basic', visits: [] },
]
const names = members.filter(isSlipping).map(({ name }) => name)
process.stdout.write(`\nin memory: ${names.join(', ')}\n`)
