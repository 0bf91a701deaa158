import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect } from '../../src/database/connect.ts'
import { everyChapter } from '../../src/every-chapter.ts'
import { type Client, clientOf } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'
import { accessTable } from './access-table.ts'

const [sqlite] = testDatabases(['sqlite'])

/**
 * Vendors add fields without asking, so theirs may have any, and are read one by one; questions to the assistant are
 * written down nowhere, and the client sends some of them with more than is asked for.
 */
const isOpen = (route: string) => / \/api\/(ai\/|vendor\/(delivery-receipt|send-message)$)/.test(route)

const rows = Object.entries(accessTable)
  .filter(([route, { body }]) => body !== undefined && !isOpen(route))
  .map(([route, { access, body }]) => ({ route, access, body }))

/** A list of fifty faults is cut off; so many columns are all named. */
const atOnce = 40

describe('every body', () => {
  let muster: OpenMuster
  let owner: Client
  let columns: readonly string[] = []
  beforeAll(async () => {
    muster = await openMuster(sqlite!)
    owner = await muster.register('Owner')
    const { knex } = await connect(muster.databaseUrl)
    const tables: readonly { name: string }[] = await knex('sqlite_master').where({ type: 'table' }).select('name')
    const found = await Promise.all(tables.map(({ name }) => knex(name).columnInfo()))
    columns = [...new Set(found.flatMap((table) => Object.keys(table)))].sort()
    await knex.destroy()
  })
  afterAll(() => muster.stop())

  it('is tried with the columns of every table', () => {
    for (const column of [
      'password_hash',
      'workspace_id',
      'secret_hash',
      'total_minor',
      'role',
      'google_id',
      'email_verified_at_ms',
    ])
      expect(columns).toContain(column)
    expect(columns.length).toBeGreaterThan(100)
  })

  it.each(rows)('$route takes no column that is not a field of it', async ({ route, access, body }) => {
    const [method = '', pattern = ''] = route.split(' ')
    const strangers = columns.filter((column) => !fieldsOf(route).includes(column))
    const client = access === 'anyone' ? muster.anyone : clientOf(muster.origin, owner.token)
    const key: Record<string, string> =
      access === 'vendor' ? { 'x-vendor-key': 'a vendor key of the tests, long enough as well' } : {}
    for (let start = 0; start < strangers.length; start += atOnce) {
      const smuggled = strangers.slice(start, start + atOnce)
      const answer = await client.raw(pattern.replaceAll(/:\w+/g, 'nonexistent'), {
        method,
        headers: {
          'content-type': 'application/json',
          ...key,
          ...(client.token === null ? {} : { authorization: `Bearer ${client.token}` }),
        },
        body: JSON.stringify({ ...Object(body), ...Object.fromEntries(smuggled.map((column) => [column, 1])) }),
      })
      expect([answer.status, answer.at('code')]).toEqual([400, 'VALIDATION'])
      const named = answer.list('errors').map((fault) => String(Reflect.get(Object(fault), 'path')).slice(1))
      expect(smuggled.filter((column) => !named.includes(column))).toEqual([])
    }
  })
})

/** The fields that the document gives the body of a route. */
function fieldsOf(route: string): readonly string[] {
  const described = everyChapter.map(({ routes }) => routes[route]?.body).find((body) => body !== undefined)
  return Object.keys(Object(described?.['properties']))
}
