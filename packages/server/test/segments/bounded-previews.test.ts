import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const rowsOfOneImport = 5_000

/** Dear on purpose: as many searches within texts as a rule may have, for each of 10,000 customers. */
const dear = {
  logic: 'NOT',
  conditions: Array.from({ length: 900 }, (_, index) => ({
    field: 'name',
    operator: 'contains',
    value: `nobody is called ${index}`,
  })),
}
const cheap = { field: 'visitCount', operator: '=', value: 0 }

for (const database of testDatabases(['sqlite'])) {
  describe(`while something takes long on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    beforeAll(async () => {
      muster = await openMuster(database)
      shop = await muster.register()
      for (const batch of [0, 1]) expect((await importRows(shop, `b${batch}`)).status).toBe(201)
    })
    afterAll(() => muster?.stop())

    const importRows = (client: Client, start: string) =>
      client.post('/api/customers/bulk', {
        customers: Array.from({ length: rowsOfOneImport }, (_, index) => ({
          email: `${start}-${index}@mail.example`,
          name: `Somebody whose name is as long as names can be, and a little longer than that ${index}`,
        })),
      })

    it('a preview ends at its time with a code of its own, and everybody else is answered', async () => {
      let hasEnded = false
      const slow = shop.post('/api/segments/preview', { rules: dear }).finally(() => {
        hasEnded = true
      })
      let meanwhile = 0
      while (!hasEnded) {
        const answers = [await shop.get('/health'), await shop.get('/api/customers?limit=10')]
        expect(answers.map(({ status }) => status)).toEqual([200, 200])
        if (!hasEnded) meanwhile += 1
      }
      const answer = await slow
      expect([answer.status, answer.at('code'), answer.headers.get('retry-after')]).toEqual([
        503,
        'AUDIENCE_TOO_SLOW',
        '30',
      ])
      expect(answer.text('error')).toContain('longer than 5 seconds')
      expect(meanwhile).toBeGreaterThan(10)
    })

    it('previews whose client goes away make room for others', async () => {
      const gone = new AbortController()
      const leaving = [1, 2].map(() =>
        shop.raw('/api/segments/preview', {
          method: 'POST',
          headers: { authorization: `Bearer ${shop.token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ rules: dear }),
          signal: gone.signal,
        }),
      )
      const left = Promise.allSettled(leaving)
      // Both are under way once somebody else's question, sent after them, has been answered.
      const other = await muster.register()
      expect((await other.post('/api/segments/preview', { rules: cheap })).status).toBe(200)
      gone.abort()
      const startedMs = Date.now()
      expect((await shop.post('/api/segments/preview', { rules: cheap })).number('data.audienceSize')).toBe(10_000)
      expect(Date.now() - startedMs).toBeLessThan(3_000)
      expect((await left).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    })

    it('a bulk import holds up neither health nor lists', async () => {
      const busy = await muster.register()
      let hasEnded = false
      const importing = importRows(busy, 'late').finally(() => {
        hasEnded = true
      })
      let meanwhile = 0
      while (!hasEnded) {
        const answers = [await shop.get('/health'), await shop.get('/api/customers?limit=10&search=somebody')]
        expect(answers.map(({ status }) => status)).toEqual([200, 200])
        if (!hasEnded) meanwhile += 1
      }
      expect((await importing).at('data.created')).toBe(rowsOfOneImport)
      expect(meanwhile).toBeGreaterThan(3)
    })
  })
}
