import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

/** In every format: from Pune, and has spent over 50 or is tagged. Ann and Bob, not Cid, not Dee. */
const sameAudience: readonly (readonly [format: string, rules: object])[] = [
  [
    'our own language',
    {
      logic: 'AND',
      conditions: [
        { field: 'city', operator: '=', value: 'Pune' },
        {
          logic: 'OR',
          conditions: [
            { field: 'totalSpending', operator: '>', value: 50 },
            { field: 'tags', operator: 'hasAny', value: ['vip'] },
          ],
        },
      ],
    },
  ],
  [
    'json-rules-engine',
    {
      all: [
        { fact: 'city', operator: 'equal', value: 'Pune' },
        {
          any: [
            { fact: 'totalSpending', operator: 'greaterThan', value: 50 },
            { fact: 'tags', operator: 'contains', value: 'vip' },
          ],
        },
      ],
    },
  ],
  [
    'React Query Builder',
    {
      combinator: 'and',
      rules: [
        { field: 'city', operator: '=', value: 'Pune' },
        {
          combinator: 'or',
          rules: [
            { field: 'totalSpending', operator: '>', value: '50' },
            { field: 'tags', operator: 'contains', value: 'vip' },
          ],
        },
      ],
    },
  ],
  [
    'rows and connectors, AND before OR',
    {
      logic: 'AND',
      conditions: [
        { field: 'city', operator: '=', value: 'Pune' },
        { field: 'totalSpending', operator: '>', value: 50 },
        { field: 'city', operator: '=', value: 'Pune' },
        { field: 'tags', operator: 'hasAny', value: ['vip'] },
      ],
      connectors: ['AND', 'OR', 'AND'],
    },
  ],
]

for (const database of testDatabases(['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`rules in every format on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    beforeAll(async () => {
      muster = await openMuster(database)
      shop = await muster.register()
      const customers = [
        { email: 'a@mail.example', name: 'Ann', city: 'Pune', totalSpending: 80 },
        { email: 'b@mail.example', name: 'Bob', city: 'pune', tags: ['VIP'] },
        { email: 'c@mail.example', name: 'Cid', city: 'Pune' },
        { email: 'd@mail.example', name: 'Dee', city: 'Delhi', totalSpending: 80, tags: ['vip'] },
      ]
      await shop.post('/api/customers/bulk', { customers })
    })
    afterAll(() => muster?.stop())

    const chosen = (body: unknown) =>
      (Array.isArray(body) ? body : []).map((customer) => String(Reflect.get(Object(customer), 'name'))).sort()

    it.each(sameAudience)('%s: previewed, kept as given, counted, exported', async (format, rules) => {
      const preview = await shop.post('/api/segments/preview', { rules })
      expect(chosen(preview.at('data.sampleCustomers'))).toEqual(['Ann', 'Bob'])
      const created = await shop.post('/api/segments', { name: format, rules })
      expect([created.status, created.at('data.segment.rules'), created.at('data.segment.size')]).toEqual([
        200,
        rules,
        2,
      ])
      const path = `/api/segments/${created.text('data.segment.id')}`
      const headers = { authorization: `Bearer ${shop.token}` }
      const members = await fetch(`${muster.origin}${path}/members?format=ndjson`, { headers })
      const lines = (await members.text()).trim().split('\n')
      expect(chosen(lines.map((line) => JSON.parse(line)))).toEqual(['Ann', 'Bob'])
      const [first] = lines
      const why = await shop.get(`${path}/explain/${JSON.parse(first ?? '{}').id}`)
      expect(why.at('data.explanation.verdict')).toBe(true)
    })

    it.each([
      ['an unknown fact', { all: [{ fact: 'shoeSize', operator: 'equal', value: 1 }] }],
      ['an unknown operator', { combinator: 'and', rules: [{ field: 'city', operator: 'near', value: 'Pune' }] }],
      ['no conditions of the engine', { all: [] }],
      ['no rules of the builder', { combinator: 'and', rules: [] }],
      ['two formats at once', { combinator: 'and', rules: [], all: [] }],
      ['keys of a prototype', { all: [{ fact: 'toString', operator: 'equal', value: 1 }] }],
    ])('faults 2, 10: %s is an error that says where, never everybody', async (_what, rules) => {
      const answer = await shop.post('/api/segments/preview', { rules })
      expect([answer.status, answer.at('code')]).toEqual([400, 'INVALID_RULE'])
      expect(answer.list('errors').length).toBeGreaterThan(0)
    })

    it('warns of what is valid and surely not meant, in previews and when it is kept', async () => {
      const rules = {
        logic: 'AND',
        conditions: [
          { field: 'visitCount', operator: '>', value: 10 },
          { field: 'visitCount', operator: '<', value: 5 },
        ],
      }
      expect((await shop.post('/api/segments/preview', { rules })).list('data.warnings').length).toBeGreaterThan(0)
      const kept = await shop.post('/api/segments', { name: 'Nobody', rules })
      expect([kept.number('data.segment.size'), kept.list('data.warnings').length > 0]).toEqual([0, true])
    })
  })
}
