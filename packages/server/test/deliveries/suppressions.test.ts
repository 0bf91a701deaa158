import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { readAddressLines } from '../../src/deliveries/read-address-lines.ts'
import { type Client, clientOf } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const vendorKey = 'a vendor key of the tests, long enough as well'

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`addresses that nobody writes to, on ${database.title}`, () => {
    let muster: OpenMuster
    let owner: Client
    let marketer: Client
    beforeAll(async () => {
      muster = await openMuster(database, {
        SIMULATED_VENDOR_SUCCESS_RATE: '1',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '1',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '5',
      })
      owner = await muster.register('Olga')
      const made = await owner.post('/api/workspace/service-tokens', { name: 'Robot', role: 'marketer' })
      marketer = clientOf(muster.origin, made.text('data.key'))
      const customers = Array.from({ length: 4 }, (_, index) => ({ email: `p${index}@example.org`, name: `P${index}` }))
      await owner.post('/api/customers/bulk', { customers })
    })
    afterAll(() => muster?.stop())

    const list = async (query = '') => {
      const answer = await marketer.get(`/api/suppressions${query}`)
      return answer.list('data.suppressions').map((row) => {
        const { address, reason } = row as { address: string; reason: string }
        return [address, reason]
      })
    }
    const remove = (who: Client, address: string) => who.delete(`/api/suppressions/${encodeURIComponent(address)}`)
    const send = async () => {
      const id = (await owner.post('/api/campaigns', { name: 'A', rules: { everyone: true } })).text('id')
      await owner.post(`/api/campaigns/${id}/launch`, { message: 'Hello' })
      const look = () => owner.get(`/api/campaigns/${id}`)
      await expect.poll(async () => (await look()).text('data.campaign.status'), { timeout: 20_000 }).toBe('COMPLETED')
      return look()
    }

    it('are added with who and when, once, and no campaign reaches them', async () => {
      expect((await marketer.post('/api/suppressions', { email: ' P0@Example.org ' })).status).toBe(201)
      expect((await owner.post('/api/suppressions', { email: 'p0@example.org' })).status).toBe(200)
      const [row] = (await owner.get('/api/suppressions')).list('data.suppressions')
      expect(row).toMatchObject({ address: 'p0@example.org', reason: 'operator', createdBy: { name: 'Olga' } })
      const sent = await send()
      expect(sent.at('data.campaign.deliveryStats')).toMatchObject({ sent: 3, byStatus: { SKIPPED: 1 } })
      expect(sent.at('data.campaign.failures')).toEqual([{ code: 'OPTED_OUT', count: 1 }])
    })

    it('may be taken off the list again, and are then written to', async () => {
      expect((await remove(marketer, 'P0@example.org')).status).toBe(200)
      expect((await remove(marketer, 'p0@example.org')).status).toBe(404)
      expect((await send()).number('data.campaign.deliveryStats.sent')).toBe(4)
    })

    it('come in lists, each row with its own result', async () => {
      const addresses = [
        'a@example.org',
        { email: 'A@example.org' },
        'nobody',
        7,
        { email: 'b@example.org', x: 1 },
        'c@example.org',
      ]
      const answer = await marketer.post('/api/suppressions/bulk', { addresses })
      expect(answer.at('data')).toMatchObject({ added: 2, unchanged: 1, rejected: 3 })
      expect(answer.list('data.results').map((row) => (row as { status: string }).status)).toEqual([
        'added',
        'unchanged',
        'rejected',
        'rejected',
        'rejected',
        'added',
      ])
      expect(answer.at('data.results.2.reasons')).toEqual([
        { path: '/email', message: '"email" must be a valid e-mail address' },
      ])
      const csv = 'Email,Name\r\n"d@example.org","Dee, D"\r\na@example.org,A\r\n'
      const text = await marketer.raw('/api/suppressions/bulk', {
        method: 'POST',
        headers: { authorization: `Bearer ${marketer.token}`, 'content-type': 'text/csv' },
        body: csv,
      })
      expect(text.at('data')).toMatchObject({ added: 1, unchanged: 1, rejected: 0 })
      expect(await list('?reason=import&order=asc')).toHaveLength(3)
      expect(await list('?search=D@EXAMPLE')).toEqual([['d@example.org', 'import']])
    })

    it('after a complaint or a hard bounce only an owner writes to again', async () => {
      expect((await marketer.post('/api/suppressions', { email: 'p1@example.org' })).status).toBe(201)
      const sent = (await remove(owner, 'p1@example.org')).status === 200 ? await send() : null
      const logs = sent?.list('data.campaign.communicationLogs') as { id: string; customer: { email: string } }[]
      await marketer.post('/api/suppressions', { email: 'p1@example.org' })
      const say = (email: string, status: string) =>
        muster.anyone.post(
          '/api/vendor/delivery-receipt',
          {
            messageId: logs.find(({ customer }) => customer.email === email)?.id,
            status,
            receiptId: `${email}-${status}`,
          },
          { 'x-vendor-key': vendorKey },
        )
      await say('p1@example.org', 'COMPLAINED')
      await say('p2@example.org', 'BOUNCED')
      await say('p3@example.org', 'UNSUBSCRIBED')
      const reasons = async () => new Map((await list()) as [string, string][])
      // The graver reason stands, though an operator was first.
      await expect.poll(async () => (await reasons()).get('p1@example.org'), { timeout: 10_000 }).toBe('complaint')
      await expect.poll(async () => (await reasons()).get('p2@example.org'), { timeout: 10_000 }).toBe('hard_bounce')
      await expect.poll(async () => (await reasons()).get('p3@example.org'), { timeout: 10_000 }).toBe('unsubscribed')
      const refused = await remove(marketer, 'p1@example.org')
      expect([refused.status, refused.text('error')]).toEqual([
        403,
        'Only an owner may write again to an address after a complaint',
      ])
      expect((await remove(marketer, 'p2@example.org')).status).toBe(403)
      expect((await remove(marketer, 'p3@example.org')).status).toBe(200)
      expect((await remove(owner, 'p1@example.org')).status).toBe(200)
    })

    it('keep the reason that was graver when they are imported again', async () => {
      const imported = await marketer.post('/api/suppressions/bulk', { addresses: ['p2@example.org'] })
      expect(imported.at('data')).toMatchObject({ added: 0, unchanged: 1 })
      expect(await list('?search=p2@')).toEqual([['p2@example.org', 'hard_bounce']])
    })

    it('leave a trace of every change that names nobody', async () => {
      const entries = (await owner.get('/api/workspace/audit?limit=100')).list('data.entries')
      const told = JSON.stringify(entries)
      expect(told).toContain('suppression.added')
      expect(told).toContain('suppression.removed')
      expect(told).not.toContain('example.org')
    })

    it('belong to one workspace, and are nothing for viewers', async () => {
      const stranger = await muster.register()
      expect((await stranger.get('/api/suppressions')).list('data.suppressions')).toEqual([])
      expect((await remove(stranger, 'p2@example.org')).status).toBe(404)
      const made = await owner.post('/api/workspace/service-tokens', { name: 'Reader', role: 'viewer' })
      const viewer = clientOf(muster.origin, made.text('data.key'))
      expect((await viewer.get('/api/suppressions')).status).toBe(403)
    })

    it.each([
      [{ addresses: [] }, '"addresses" must not be empty'],
      [
        { addresses: Array.from({ length: 10_001 }, () => 'x@example.org') },
        '"addresses" must have at most 10000 entries',
      ],
      [{}, '"addresses" is required'],
    ])('are refused in words when the list is wrong', async (body, words) => {
      const answer = await marketer.post('/api/suppressions/bulk', body)
      expect([answer.status, answer.text('error')]).toEqual([400, words])
    })
  })
}

describe('a list of addresses', () => {
  const table: readonly [string, string, readonly string[]][] = [
    ['one a line', 'a@x.org\nb@x.org\n', ['a@x.org', 'b@x.org']],
    ['a heading, a byte order mark and empty lines', '\uFEFFE-Mail\r\n\r\na@x.org\r\n', ['a@x.org']],
    ['more columns, in quotes or not', 'email;name\n"a@x.org";"A;B"\nb@x.org\tB\n', ['a@x.org', 'b@x.org']],
    ['quotes in quotes', '"a""b@x.org",1', ['a"b@x.org']],
    ['nothing', '', []],
  ]
  for (const [name, text, expected] of table) {
    it(`is read with ${name}`, () => expect(readAddressLines(text)).toEqual(expected))
  }
})
