import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])
const secrets = ['JWT_SECRET', 'VENDOR_KEY', 'DATA_KEY']

describe('a sentence', () => {
  let muster: OpenMuster
  let client: Client
  beforeAll(async () => {
    muster = await openMuster(sqlite!)
    client = await muster.register()
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString()
    const customers = [
      { email: 'new@mail.example', name: 'New' },
      { email: 'once@mail.example', name: 'Once', totalSpending: 900, visitCount: 1, lastVisit: day(10) },
      { email: 'often@mail.example', name: 'Often', totalSpending: 6_000, visitCount: 9, lastVisit: day(200) },
      { email: 'rich@mail.example', name: 'Rich', totalSpending: 12_000, visitCount: 3, lastVisit: day(45) },
    ]
    expect((await client.post('/api/customers/bulk', { customers })).number('data.created')).toBe(4)
  })
  afterAll(() => muster.stop())

  const read = (prompt: string) => client.post('/api/ai/nl-to-rules', { prompt })
  /** Whom the rows choose that the builder is given. */
  const chosen = async (prompt: string): Promise<readonly string[]> => {
    const rules = (await read(prompt)).at('data.rules')
    const id = (await client.post('/api/segments', { name: prompt, rules: withoutProvider(rules) })).text(
      'data.segment.id',
    )
    const { body } = await client.get(`/api/segments/${id}/members?format=csv`)
    const [, ...rows] = String(body).trim().split('\n')
    return rows.map((row) => row.split(',')[1] ?? '').sort()
  }

  it.each([
    ['customers who spent more than 5k', ['Often', 'Rich']],
    ['customers who spent over 10,000', ['Rich']],
    ['customers who spent at most 5,000', ['New', 'Once']],
    ['customers with fewer than 3 visits', ['New', 'Once']],
    ['customers who visited in the last 30 days', ['Once']],
    ["customers who haven't visited in 3 months", ['Often']],
    ['customers who spent over 500 and less than 10,000', ['Often', 'Once']],
  ])('faults 102 and 103: %s', async (prompt, names) => {
    const answer = await read(prompt)
    const isFlat = answer.list('data.rules.conditions').length > 0
    // What the builder cannot show it is not given; the rule beside it is then the answer.
    if (!isFlat) expect(answer.at('data.translation.rule')).not.toBeNull()
    else expect(await chosen(prompt)).toEqual([...names].sort())
  })

  it('fault 104: becomes rows that can be executed, of the fields and operators of the builder', async () => {
    const answer = await read('customers who spent more than 100 and visited at least twice')
    const conditions = answer.list('data.rules.conditions')
    expect(conditions).toEqual([
      { field: 'totalSpending', operator: '>', value: 100 },
      { field: 'visitCount', operator: '>=', value: 2 },
    ])
    const preview = await client.post('/api/campaigns/preview-audience', {
      rules: withoutProvider(answer.at('data.rules')),
    })
    expect(preview.number('audienceSize')).toBe(2)
  })

  it('fault 105: is said back with the connectors that hold', async () => {
    const answer = await read('customers who spent more than 5000 or visited at least 3 times')
    expect(answer.at('data.rules.connectors') ?? answer.at('data.rules.logic')).toEqual(
      answer.at('data.rules.connectors') === undefined ? 'OR' : ['OR'],
    )
    expect(answer.text('data.explanation')).toMatch(/ or /)
    expect(answer.text('data.explanation')).not.toMatch(/ and /)
  })

  it('fault 108: is read at both addresses alike, by everybody with a session, in production too', async () => {
    const prompt = { prompt: 'customers who spent more than 100' }
    const [one, other] = [
      await client.post('/api/ai/nl-to-rules', prompt),
      await client.post('/api/ai/nl-to-rules-public', prompt),
    ]
    expect(other.at('data.rules')).toEqual(one.at('data.rules'))
    expect((await muster.anyone.post('/api/ai/nl-to-rules-public', prompt)).status).toBe(401)
    const production = await openMuster(sqlite!, {
      NODE_ENV: 'production',
      FRONTEND_URL: 'https://crm.example',
      ...Object.fromEntries(secrets.map((name) => [name, randomBytes(48).toString('base64')])),
    })
    const member = await production.register()
    expect((await member.post('/api/ai/nl-to-rules-public', prompt)).status).toBe(200)
    await production.stop()
  })
})

/** As the client does before it sends rules. */
function withoutProvider(rules: unknown): object {
  const { provider: _provider, ...sent } = Object(rules)
  return sent
}
