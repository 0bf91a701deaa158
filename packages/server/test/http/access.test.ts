import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect } from '../../src/database/connect.ts'
import { everyChapter } from '../../src/every-chapter.ts'
import { type Answer, type Client, clientOf } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'
import { type Access, accessTable } from './access-table.ts'

const [sqlite] = testDatabases(['sqlite'])
const rank = { anyone: 0, viewer: 1, marketer: 2, owner: 3, vendor: 4 } as const
const rows = Object.entries(accessTable).map(([route, row]) => ({ route, ...row }))

/** What the document says of it, which is held to it here. */
const isForPeople = (route: string) => everyChapter.some(({ routes }) => routes[route]?.isForPeople === true)

describe('every route', () => {
  let muster: OpenMuster
  const clients: Partial<Record<Access, Client>> = {}
  /** Things of another workspace, by the collection that they stand in. */
  const foreign: Record<string, string> = {}

  beforeAll(async () => {
    muster = await openMuster(sqlite!)
    for (const role of ['viewer', 'marketer', 'owner'] as const) clients[role] = await withRole(role)
    const stranger = await muster.register('Stranger')
    foreign['customers'] = (await stranger.post('/api/customers', { email: 'f@mail.example', name: 'F' })).text(
      'data.customer.id',
    )
    const order = {
      customerId: foreign['customers'],
      items: [{ productName: 'X', quantity: 1, price: 1 }],
      total: 1,
      status: 'PENDING',
    }
    foreign['orders'] = (await stranger.post('/api/orders', order)).text('data.id')
    const rules = { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>=', value: 0 }] }
    const strangerId = (await stranger.get('/api/auth/me')).text('data.id')
    foreign['workspaces'] = (await stranger.get('/api/workspaces')).text('data.workspaces.0.id')
    foreign['workspace/members'] = strangerId
    foreign['workspace/invites'] = (await stranger.post('/api/workspace/invites', { role: 'owner' })).text('data.id')
    const robot = { name: 'Robot', role: 'viewer' }
    foreign['workspace/service-tokens'] = (await stranger.post('/api/workspace/service-tokens', robot)).text('data.id')
    foreign['segments'] = (await stranger.post('/api/segments', { name: 'Foreign', rules })).text('data.segment.id')
    foreign['campaigns'] = (await stranger.post('/api/campaigns', { name: 'Foreign', rules })).text('data.id')
  })
  afterAll(() => muster.stop())

  async function withRole(role: 'viewer' | 'marketer' | 'owner'): Promise<Client> {
    const client = await muster.register(role)
    const { knex } = await connect(muster.databaseUrl)
    const userId = (await client.get('/api/auth/me')).text('data.id')
    await knex('memberships').where({ user_id: userId }).update({ role })
    await knex.destroy()
    // Written behind the program's back, as another server would: from the next second on it is known.
    muster.advance(1_000)
    return client
  }

  const ask = (client: Client, route: string, body: unknown, id = 'nonexistent'): Promise<Answer> => {
    const [method = '', pattern = ''] = route.split(' ')
    const headers = {
      ...(client.token === null ? {} : { authorization: `Bearer ${client.token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    return client.raw(pattern.replace(':id', id).replace(/:\w+/, 'nonexistent'), {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  it('has a row in the table', () => {
    expect([...muster.routes].sort()).toEqual(Object.keys(accessTable).sort())
  })

  it.each(rows)('$route lets in whom it should: $access', async ({ route, access, body }) => {
    const nobody = await ask(muster.anyone, route, body)
    if (access === 'anyone') expect(nobody.status).not.toBe(403)
    else expect(nobody.status).toBe(access === 'vendor' ? 403 : 401)
    for (const role of ['viewer', 'marketer', 'owner'] as const) {
      const { status } = await ask(clients[role]!, route, body)
      if (access === 'vendor' || rank[role] < rank[access]) expect([role, status]).toEqual([role, 403])
      else if (access !== 'anyone') expect([401, 403, 500]).not.toContain(status)
    }
    if (route.startsWith('POST /api/auth/logout'))
      for (const role of ['viewer', 'marketer', 'owner'] as const) clients[role] = await withRole(role)
  })

  it.each(rows.filter(({ route }) => route.includes(':id')))(
    'fault 60: $route does not tell what is foreign from what is not',
    async ({ route, body }) => {
      const collection = route.slice(route.indexOf('/api/') + 5, route.indexOf('/:id'))
      const owner = clients.owner!
      const [theirs, none] = [await ask(owner, route, body, foreign[collection]), await ask(owner, route, body)]
      const said = ({ status, at }: Answer) => [status, at('code'), at('error')]
      expect(said(theirs)).toEqual(said(none))
      expect(theirs.status).toBe(404)
    },
  )

  it.each(rows.filter(({ access }) => access !== 'anyone' && access !== 'vendor'))(
    '$route is closed to machines where people are meant',
    async ({ route, access, body }) => {
      const owner = await withRole('owner')
      const made = await owner.post('/api/workspace/service-tokens', { name: 'Robot', role: 'marketer' })
      const { status } = await ask(clientOf(muster.origin, made.text('data.key')), route, body)
      if (isForPeople(route) || access === 'owner') expect(status).toBe(403)
      else expect([401, 403, 500]).not.toContain(status)
    },
  )

  it('fault 60: left what is foreign as it was', async () => {
    const { knex } = await connect(muster.databaseUrl)
    expect(await knex('customers').where({ id: foreign['customers'] }).first()).toMatchObject({
      email: 'f@mail.example',
    })
    expect(await knex('orders').where({ id: foreign['orders'] }).first()).toMatchObject({
      status: 'PENDING',
      total_minor: 100,
    })
    expect(await knex('campaigns').where({ id: foreign['campaigns'] }).first()).toMatchObject({
      status: 'DRAFT',
      name: 'Foreign',
    })
    await knex.destroy()
  })
})
