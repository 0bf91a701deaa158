import type { Knex } from 'knex'
import type { OpenedDatabase } from '../../../../testing/databases.ts'
import { fold } from '../../src/language/fold.ts'
import { ours } from './people-catalog.ts'

type Row = Record<string, unknown>
type Dialect = OpenedDatabase['dialect']

/** Columns that texts are compared in have the most treacherous collation that each database offers. */
const treacherous: Record<Dialect, string> = {
  sqlite: 'COLLATE NOCASE',
  mysql: 'CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci',
  mariadb: 'CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci',
  postgresql: 'COLLATE careless',
}

/** Makes the tables of the people catalog. */
export async function createPeopleTables({ knex, dialect }: OpenedDatabase): Promise<void> {
  if (dialect === 'postgresql') {
    await knex.raw(`CREATE COLLATION careless (provider = icu, locale = 'und-u-ks-level1', deterministic = false)`)
  }
  const careless = `varchar(255) ${treacherous[dialect]}`
  const exact =
    dialect === 'mysql' || dialect === 'mariadb'
      ? `varchar(64) CHARACTER SET utf8mb4 COLLATE ${dialect === 'mysql' ? 'utf8mb4_0900_bin' : 'utf8mb4_nopad_bin'}`
      : 'varchar(64)'
  const instant = { sqlite: 'text', mysql: 'datetime(6)', mariadb: 'datetime(6)', postgresql: 'timestamptz' }[dialect]
  const day = dialect === 'sqlite' ? 'text' : 'date'
  const truth = dialect === 'postgresql' ? 'boolean' : 'smallint'
  const json = { sqlite: 'text', mysql: 'json', mariadb: 'json', postgresql: 'jsonb' }[dialect]
  const decimal = (decimals: number) => (dialect === 'sqlite' ? 'numeric' : `decimal(20, ${decimals})`)
  const tables: Record<string, string[]> = {
    people: [
      `id ${exact} NOT NULL PRIMARY KEY`,
      `workspace ${exact} NOT NULL`,
      `name ${careless}`,
      `name_folded ${careless}`,
      `city ${careless}`,
      `city_folded ${careless}`,
      `code ${careless}`,
      `gender ${careless}`,
      'visits bigint',
      `rating ${decimal(1)}`,
      'spend_minor bigint',
      `credit ${decimal(2)}`,
      `active ${truth}`,
      'birthday varchar(10)',
      `joined_on ${day}`,
      'last_visit_ms bigint',
      `seen_at ${instant}`,
      'created_at varchar(24)',
      `labels ${json}`,
      `labels_folded ${json}`,
      `attributes ${json}`,
      `attributes_folded ${json}`,
    ],
    people_tags: [
      `workspace ${exact} NOT NULL`,
      `person_id ${exact} NOT NULL`,
      `tag ${careless}`,
      `tag_folded ${careless}`,
    ],
    orders: [
      `id ${exact} NOT NULL PRIMARY KEY`,
      `workspace ${exact} NOT NULL`,
      `person_id ${exact}`,
      'total_minor bigint',
      `paid ${decimal(2)}`,
      `weight ${decimal(3)}`,
      'pieces bigint',
      `status ${careless}`,
      `note ${careless}`,
      `note_folded ${careless}`,
      `gift ${truth}`,
      'created_at_ms bigint',
      `shipped_at ${instant}`,
      'due_on varchar(10)',
    ],
    items: [
      `id ${exact} NOT NULL PRIMARY KEY`,
      `order_id ${exact}`,
      `category ${careless}`,
      `category_folded ${careless}`,
      `sku ${careless}`,
      'quantity bigint',
      'price_minor bigint',
    ],
    calls: [
      `id ${exact} NOT NULL PRIMARY KEY`,
      `workspace ${exact} NOT NULL`,
      `person_id ${exact}`,
      'minutes bigint',
      'at varchar(24)',
      `topics ${json}`,
      `topics_folded ${json}`,
    ],
  }
  for (const [name, columns] of Object.entries(tables)) await knex.raw(`CREATE TABLE ${name} (${columns.join(', ')})`)
  const keys = { people_tags: 'person_id', orders: 'person_id', items: 'order_id', calls: 'person_id' }
  for (const [name, key] of Object.entries(keys)) await knex.raw(`CREATE INDEX ${name}_by_owner ON ${name} (${key})`)
}

/** Puts people in place of those who were there, and decoys of another workspace beside them. */
export async function storePeople({ knex, dialect }: OpenedDatabase, people: readonly Row[]): Promise<void> {
  for (const table of ['people', 'people_tags', 'orders', 'items', 'calls']) await knex(table).delete()
  const rows = { people: [], people_tags: [], orders: [], items: [], calls: [] } as Record<string, Row[]>
  people.forEach((person, index) => {
    addPerson(rows, person, String(index), ours, dialect)
    if (index < 5) addPerson(rows, person, `decoy-${index}`, 'theirs', dialect)
    // A related row without an owner, and one of another workspace with an owner of ours.
    if (index < 5) addOrder(rows, orderOf(person), `stray-${index}`, null, ours, dialect)
    if (index < 5) addOrder(rows, orderOf(person), `foreign-${index}`, String(index), 'theirs', dialect)
  })
  for (const [table, all] of Object.entries(rows)) await insertAll(knex, table, all)
}

function orderOf(person: Row): Row {
  return (person['orders'] as Row[])[0] ?? { items: [], createdAt: '2026-01-01T00:00:00.000Z' }
}

async function insertAll(knex: Knex, table: string, rows: readonly Row[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 40) await knex(table).insert(rows.slice(start, start + 40))
}

function addPerson(rows: Record<string, Row[]>, person: Row, id: string, workspace: string, dialect: Dialect): void {
  const attributes: Row = {}
  for (const key of ['plan', 'key', 'size', 'points', 'budget', 'vip', 'wedding', 'renewal', 'hobbies']) {
    if (person[key] !== undefined) attributes[key] = person[key]
  }
  if (person['score'] !== undefined) attributes['score-2'] = person['score']
  rows['people']!.push({
    id,
    workspace,
    name: person['name'],
    name_folded: foldedOf(person['name']),
    city: person['city'],
    city_folded: foldedOf(person['city']),
    code: person['code'],
    gender: person['gender'],
    visits: person['visits'],
    rating: person['rating'],
    spend_minor: minorOf(person['spend']),
    credit: person['credit'],
    active: truthOf(person['active'], dialect),
    birthday: person['birthday'],
    joined_on: person['joinedOn'],
    last_visit_ms: msOf(person['lastVisit']),
    seen_at: storedInstant(person['seenAt'], dialect),
    created_at: new Date(person['createdAt'] as string).toISOString(),
    labels: jsonOf(person['labels']),
    labels_folded: jsonOf(foldedDeep(person['labels'])),
    attributes: Object.keys(attributes).length === 0 ? null : JSON.stringify(attributes),
    attributes_folded: Object.keys(attributes).length === 0 ? null : JSON.stringify(foldedDeep(attributes)),
  })
  for (const tag of (person['tags'] as string[] | null) ?? []) {
    rows['people_tags']!.push({ workspace, person_id: id, tag, tag_folded: fold(tag) })
  }
  rows['people_tags']!.push({ workspace: 'theirs', person_id: id, tag: 'vip', tag_folded: 'vip' })
  ;(person['orders'] as Row[]).forEach((order, index) => {
    addOrder(rows, order, `${id}-${index}`, id, workspace, dialect)
  })
  ;(person['calls'] as Row[]).forEach((call, index) => {
    rows['calls']!.push({
      id: `${id}-${index}`,
      workspace,
      person_id: id,
      minutes: call['minutes'],
      at: call['at'] == null ? null : new Date(call['at'] as string).toISOString(),
      topics: jsonOf(call['topics']),
      topics_folded: jsonOf(foldedDeep(call['topics'])),
    })
  })
}

function addOrder(
  rows: Record<string, Row[]>,
  order: Row,
  id: string,
  owner: string | null,
  workspace: string,
  dialect: Dialect,
): void {
  rows['orders']!.push({
    id,
    workspace,
    person_id: owner,
    total_minor: minorOf(order['total']),
    paid: order['paid'] ?? null,
    weight: order['weight'] ?? null,
    pieces: order['pieces'] ?? null,
    status: order['status'] ?? null,
    note: order['note'] ?? null,
    note_folded: foldedOf(order['note']),
    gift: truthOf(order['gift'], dialect),
    created_at_ms: msOf(order['createdAt']),
    shipped_at: storedInstant(order['shippedAt'], dialect),
    due_on: order['dueOn'] ?? null,
  })
  ;(order['items'] as Row[]).forEach((item, index) => {
    rows['items']!.push({
      id: `${id}-${index}`,
      order_id: id,
      category: item['category'],
      category_folded: foldedOf(item['category']),
      sku: item['sku'],
      quantity: item['quantity'],
      price_minor: minorOf(item['price']),
    })
  })
}

function foldedOf(text: unknown): string | null {
  return typeof text === 'string' ? fold(text) : null
}

function foldedDeep(value: unknown): unknown {
  if (typeof value === 'string') return fold(value)
  if (Array.isArray(value)) return value.map(foldedDeep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, foldedDeep(inner)]))
}

function jsonOf(value: unknown): string | null {
  return value == null ? null : JSON.stringify(value)
}

function minorOf(amount: unknown): number | null {
  return typeof amount === 'number' ? Math.round(amount * 100) : null
}

function msOf(instant: unknown): number | null {
  return instant == null ? null : new Date(instant as string).getTime()
}

function truthOf(value: unknown, dialect: Dialect): unknown {
  if (value == null) return null
  return dialect === 'postgresql' ? value : Number(value)
}

/** Half of the instants are stored finer than a millisecond, or with fewer digits where the column is text. */
function storedInstant(value: unknown, dialect: Dialect): string | null {
  if (value == null) return null
  const text = new Date(value as string).toISOString().replace('T', ' ').replace('Z', '')
  const isFiner = new Date(value as string).getTime() % 2 !== 0
  const stored = isFiner ? `${text}789` : text.replace('.000', '')
  return dialect === 'postgresql' ? `${stored}+00` : stored
}
