import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect, type Database, disconnect } from '../../src/database/connect.ts'
import type { Answer, Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const everyone = { everyone: true }

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the books of campaigns on ${database.title}`, () => {
    let muster: OpenMuster
    let shop: Client
    let behind: Database
    beforeAll(async () => {
      muster = await openMuster(database, {
        VENDOR_RATE_PER_SECOND: '1000',
        SIMULATED_VENDOR_SUCCESS_RATE: '1',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '1',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '5',
      })
      behind = await connect(muster.databaseUrl)
      shop = await muster.register()
      await addPeople(40)
    })
    afterAll(async () => {
      await muster?.stop()
      if (behind !== undefined) await disconnect(behind)
    })

    /** Every fourth refuses; every third has never been asked. */
    const addPeople = (count: number, prefix = 'p', visitCount = 1) =>
      shop.post('/api/customers/bulk', {
        customers: Array.from({ length: count }, (_, index) => ({
          email: `${prefix}${index}@example.org`,
          name: `Person ${prefix}${index}`,
          visitCount,
          emailConsent: index % 4 === 0 ? false : index % 3 === 0 ? null : true,
        })),
      })
    const create = async (plan: object = {}) => {
      const made = await shop.post('/api/campaigns', { name: 'Books', rules: everyone, ...plan })
      return made.text('id')
    }
    const statusOf = async (id: string) => (await shop.get(`/api/campaigns/${id}`)).text('data.campaign.status')
    const launch = (id: string, more: object = {}) =>
      shop.post(`/api/campaigns/${id}/launch`, { message: 'Hello {name}', ...more })
    const completed = (id: string) => expect.poll(() => statusOf(id), { timeout: 30_000 }).toBe('COMPLETED')
    /** Completed, and every receipt has come. */
    const settled = async (id: string) => {
      await completed(id)
      const awaited = async () =>
        (await shop.get(`/api/campaigns/${id}`)).number('data.campaign.deliveryStats.byStatus.SENT')
      await expect.poll(awaited, { timeout: 30_000 }).toBe(0)
    }
    const exclusionsIn = (answer: Answer) =>
      Object.fromEntries(answer.list('data.funnel.exclusions').map((one) => Object.values(Object(one)).slice(0, 2)))
    const workspaceId = async () => (await shop.get('/api/workspaces')).text('data.workspaces.0.id')

    it('a marketer sees before the launch who will be left out and why, and afterwards the same', async () => {
      const suppressed = { workspace_id: await workspaceId(), reason: 'complaint', created_at_ms: 1 }
      for (const address of ['p1@example.org', 'p2@example.org', 'p4@example.org'])
        await behind.knex('suppressions').insert({ ...suppressed, address })
      const id = await create()
      const before = await shop.get(`/api/campaigns/${id}/funnel`)
      expect(before.at('data.funnel')).toMatchObject({
        source: 'forecast',
        matched: 40,
        hasAddress: 40,
        notSuppressed: 37,
        // Ten refuse, and one of them is suppressed already.
        consents: 28,
        notInControlGroup: 28,
        willBeSent: 28,
      })
      expect(exclusionsIn(before)).toEqual({ OPTED_OUT: 3, CONSENT_REFUSED: 9 })
      const listed = await shop.get(`/api/campaigns/${id}/funnel/OPTED_OUT`)
      expect(namesIn(listed)).toEqual(['Person p1', 'Person p2', 'Person p4'])
      await launch(id)
      await completed(id)
      const after = await shop.get(`/api/campaigns/${id}/funnel`)
      expect(after.at('data.funnel')).toMatchObject({ source: 'ledger', matched: 40, willBeSent: 28, stillOpen: 0 })
      expect(exclusionsIn(after)).toEqual(exclusionsIn(before))
      expect(namesIn(await shop.get(`/api/campaigns/${id}/funnel/OPTED_OUT`))).toEqual(namesIn(listed))
      const csv = await shop.get(`/api/campaigns/${id}/funnel/CONSENT_REFUSED`)
      expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(String(csv.body).trim().split('\n')).toHaveLength(10)
      expect((await shop.get(`/api/campaigns/${id}/funnel/NO_SUCH_REASON`)).status).toBe(404)
      expect((await shop.get(`/api/campaigns/${id}`)).number('data.campaign.deliveryStats.sent')).toBe(28)
    })

    it('a preview of rules shows the funnel where it is asked for', async () => {
      const plain = await shop.post('/api/campaigns/preview-audience', { rules: everyone })
      expect(plain.at('data.funnel')).toBeUndefined()
      const asked = await shop.post('/api/campaigns/preview-audience', { rules: everyone, funnel: true })
      expect(asked.at('data.funnel')).toMatchObject({ matched: 40, willBeSent: 28 })
    })

    it('fault 13: a launch says who left and who joined since the preview, and launching again says the same', async () => {
      await addPeople(10, 'old', 50)
      const id = await create({ rules: { field: 'visitCount', operator: '=', value: 50 } })
      const preview = await shop.post(`/api/campaigns/${id}/preview`)
      expect(preview.number('data.funnel.matched')).toBe(10)
      const gone = await shop.get('/api/customers?search=old1@example.org')
      await shop.delete(`/api/customers/${gone.text('data.customers.0.id')}`)
      await addPeople(3, 'new', 50)
      const order = { previewToken: preview.text('data.previewToken') }
      for (const _ of [1, 2]) {
        const launched = await launch(id, order)
        expect(launched.at('data')).toMatchObject({ audienceSize: 12, difference: { left: 1, joined: 3 } })
        expect(launched.text('data.message')).toContain('1 left and 3 joined since the preview')
      }
      expect((await launch(id)).at('data.difference')).toBeNull()
    })

    it('a launch is held to what was previewed: to the rules, the text, and the newest preview', async () => {
      const id = await create()
      const preview = async (body?: object) =>
        (await shop.post(`/api/campaigns/${id}/preview`, body)).text('data.previewToken')
      const refused = async (more: object) => {
        const answer = await launch(id, more)
        expect([answer.status, answer.text('code')]).toEqual([409, 'PREVIEW_OUTDATED'])
        expect(await statusOf(id)).toBe('DRAFT')
      }
      const first = await preview()
      const second = await preview({ message: 'Hello {name}' })
      await refused({ previewToken: first })
      await refused({ previewToken: second, message: 'Another text' })
      await refused({ previewToken: 'made up' })
      await shop.put(`/api/campaigns/${id}`, { name: 'Other', rules: { field: 'visitCount', operator: '>', value: 3 } })
      await refused({ previewToken: second })
      await shop.put(`/api/campaigns/${id}`, { name: 'Other', rules: everyone })
      expect((await launch(id, { previewToken: second })).at('data.difference')).toEqual({ left: 0, joined: 0 })
      expect((await shop.post(`/api/campaigns/${id}/preview`)).status).toBe(409)
    })

    it('previews at the same instant do not hinder each other, and the newest counts', async () => {
      const id = await create()
      const both = await Promise.all([1, 2, 3].map(() => shop.post(`/api/campaigns/${id}/preview`)))
      expect(both.map(({ status }) => status)).toEqual([200, 200, 200])
      const last = (await shop.post(`/api/campaigns/${id}/preview`)).text('data.previewToken')
      expect((await launch(id, { previewToken: last })).at('data.difference')).toEqual({ left: 0, joined: 0 })
    })

    it('a segment that changed since the preview makes it outdated', async () => {
      const rules = { field: 'visitCount', operator: '>=', value: 1 }
      const segment = (await shop.post('/api/segments', { name: 'Regulars', rules })).text('data.segment.id')
      const id = await create({ rules: { segment } })
      const previewToken = (await shop.post(`/api/campaigns/${id}/preview`)).text('data.previewToken')
      await shop.put(`/api/segments/${segment}`, { name: 'Regulars', rules: { ...rules, value: 2 } })
      expect((await launch(id, { previewToken })).text('code')).toBe('PREVIEW_OUTDATED')
    })

    it('several texts are shared out, the control group gets none, and each text has its own books', async () => {
      await addPeople(200, 'split', 77)
      const variants = [{ message: 'First, {name}', weight: 3 }, { message: 'Second, {name}' }]
      const rules = { field: 'visitCount', operator: '=', value: 77 }
      const id = await create({ rules, variants, controlPercent: 20 })
      const before = await shop.get(`/api/campaigns/${id}/funnel`)
      const control = Number(exclusionsIn(before)['CONTROL_GROUP'])
      expect(control).toBeGreaterThan(10)
      expect((await launch(id)).text('error')).toContain('without "message"')
      expect((await shop.post(`/api/campaigns/${id}/launch`, {})).number('data.audienceSize')).toBe(200)
      expect((await shop.post(`/api/campaigns/${id}/launch`, {})).status).toBe(200)
      await settled(id)
      expect(exclusionsIn(await shop.get(`/api/campaigns/${id}/funnel`))).toEqual(exclusionsIn(before))
      const books = await shop.get(`/api/campaigns/${id}/variants`)
      const rows = books.list('data.variants').map((row) => Object(row))
      expect(rows.reduce((sum, { total }) => sum + total, 0)).toBe(200)
      expect(rows.find(({ variant }) => variant === 'control')).toMatchObject({ total: control, sent: 0 })
      const [a, b] = ['A', 'B'].map((name) => rows.find(({ variant }) => variant === name))
      expect(a.sent + b.sent).toBe(before.number('data.funnel.willBeSent'))
      expect(a.sent).toBeGreaterThan(b.sent)
      const ofB = await shop.get(`/api/campaigns/${id}/messages?variant=B&status=DELIVERED&limit=100`)
      expect(ofB.list('data.messages').every((message) => Object(message).message.startsWith('Second, Person'))).toBe(
        true,
      )
      const left = await shop.get(`/api/campaigns/${id}/messages?variant=control&limit=100`)
      expect(left.number('data.pagination.total')).toBe(control)
      expect(left.list('data.messages').every((message) => Object(message).status === 'SKIPPED')).toBe(true)
      const ledger = await shop.get(`/api/vendor/simulated-ledger?campaignId=${id}`)
      expect(ledger.number('data.deliveries')).toBe(a.sent + b.sent)
    })

    it.each([
      ['one text alone', { variants: [{ message: 'Hi' }] }, '/variants'],
      ['six texts', { variants: Array.from({ length: 6 }, () => ({ message: 'Hi' })) }, '/variants'],
      [
        'a text that cannot be made',
        { variants: [{ message: 'Hi' }, { message: 'Hi {nmae}' }] },
        '/variants/1/message',
      ],
      ['a weight of nothing', { variants: [{ message: 'Hi' }, { message: 'Ho', weight: 0 }] }, '/variants/1/weight'],
      ['more people left out than written to', { controlPercent: 51 }, '/controlPercent'],
    ])('%s makes no draft', async (_, plan, path) => {
      const answer = await shop.post('/api/campaigns', { name: 'A', rules: everyone, ...plan })
      expect([answer.status, answer.text('errors.0.path')]).toEqual([400, path])
    })

    it('fault 111: messages are listed by page, status, reason and search, each exactly once', async () => {
      const id = await create()
      await launch(id)
      await settled(id)
      const seen: string[] = []
      for (let cursor = ''; ; ) {
        const page = await shop.get(`/api/campaigns/${id}/messages?limit=7&cursor=${cursor}`)
        seen.push(...page.list('data.messages').map((message) => Object(message).id))
        const next = page.at('data.pagination.nextCursor')
        if (typeof next !== 'string') break
        cursor = next
      }
      const total = (await shop.get(`/api/campaigns/${id}`)).number('data.campaign.deliveryStats.total')
      expect([seen.length, new Set(seen).size]).toEqual([total, total])
      const count = async (query: string) =>
        (await shop.get(`/api/campaigns/${id}/messages?${query}`)).number('data.pagination.total')
      const stats = (await shop.get(`/api/campaigns/${id}`)).at('data.campaign.deliveryStats.byStatus')
      for (const [status, expected] of Object.entries(Object(stats)))
        expect(await count(`status=${status}`)).toBe(expected)
      expect(await count('reason=OPTED_OUT')).toBe(3)
      expect(await count('search=PERSON%20P7')).toBe(1)
      expect(await count('search=p7@example')).toBe(1)
      const page = await shop.get(`/api/campaigns/${id}/messages?reason=OPTED_OUT`)
      expect(page.at('data.messages.0')).toMatchObject({ status: 'SKIPPED', attempts: 0, errorCode: 'OPTED_OUT' })
      expect(page.list('data.reasons')).toContainEqual({ code: 'OPTED_OUT', count: 3 })
      const sent = await shop.get(`/api/campaigns/${id}/messages?status=DELIVERED&limit=1`)
      expect(sent.at('data.messages.0')).toMatchObject({ attempts: 1, errorCode: null })
      expect(sent.text('data.messages.0.sentAt') <= sent.text('data.messages.0.deliveredAt')).toBe(true)
      expect((await shop.get(`/api/campaigns/${id}/messages?status=LOST`)).status).toBe(400)
      expect((await shop.get(`/api/campaigns/${await create()}/messages`)).list('data.messages')).toEqual([])
    })

    it('messages are exported, and no cell becomes a formula', async () => {
      await shop.post('/api/customers', { email: 'evil@example.org', name: '=HYPERLINK("http://x")', visitCount: 901 })
      const id = await create({ rules: { field: 'visitCount', operator: '=', value: 901 } })
      await launch(id)
      await settled(id)
      const csv = await shop.get(`/api/campaigns/${id}/messages/export`)
      const [head, row] = String(csv.body).split('\n')
      expect(head).toMatch(/^id,customerId,name,email,variant,status,attempts,sentAt/)
      expect(row).toContain(`'=HYPERLINK`)
      const one = await shop.get(`/api/campaigns/${id}/messages/export?format=ndjson`)
      expect(one.body).toMatchObject({ name: '=HYPERLINK("http://x")', status: 'DELIVERED' })
    })

    it('fault 39: a test goes to whoever asks, through a customer’s eyes, and counts nowhere', async () => {
      const me = await shop.get('/api/auth/me')
      const id = await create({ description: 'Hello {name}, of {email}' })
      const reader = (await shop.get('/api/customers?search=p4@example.org')).text('data.customers.0.id')
      const sent = await shop.post(`/api/campaigns/${id}/test-send`, { customerId: reader })
      expect(sent.at('data')).toMatchObject({
        to: me.text('data.email'),
        message: '[Test] Hello Person p4, of p4@example.org',
        status: 'QUEUED',
      })
      const row = () =>
        behind
          .knex('messages')
          .where({ id: sent.text('data.messageId') })
          .first()
      await expect.poll(async () => (await row()).delivery, { timeout: 20_000 }).toBe('delivered')
      // p4 refuses and is suppressed: it is not p4 who was written to.
      expect(await row()).toMatchObject({ address: me.text('data.email'), body: sent.text('data.message') })
      expect((await shop.get(`/api/campaigns/${id}`)).number('data.campaign.deliveryStats.total')).toBe(0)
      expect(
        (await shop.get(`/api/customers/${reader}/communications`)).list('data').map((one) => Object(one).message),
      ).not.toContain(sent.text('data.message'))
      expect(await statusOf(id)).toBe('DRAFT')
      expect((await shop.post(`/api/campaigns/${await create()}/test-send`)).status).toBe(400)
      expect((await shop.post(`/api/campaigns/${id}/test-send`, { variant: 'C' })).status).toBe(400)
      expect((await shop.post(`/api/campaigns/${id}/test-send`, { customerId: 'none' })).status).toBe(404)
      expect((await shop.post(`/api/campaigns/${id}/test-send`, { message: 'Hi {nmae}' })).status).toBe(400)
    })

    it('fault 31: a campaign that waits for its time shows so, and its time can be moved until it has come', async () => {
      const id = await create()
      await launch(id, { scheduleAt: '2999-01-01T10:00' })
      const campaign = async () => Object((await shop.get(`/api/campaigns/${id}`)).at('data.campaign'))
      expect(await campaign()).toMatchObject({ status: 'ACTIVE', isScheduled: true })
      const move = (scheduleAt: string | null) => shop.put(`/api/campaigns/${id}/schedule`, { scheduleAt })
      expect((await move('2999-02-01T10:00')).text('data.scheduledAt')).toBe('2999-02-01T10:00:00.000Z')
      expect((await move('2001-01-01T10:00')).status).toBe(400)
      await shop.post(`/api/campaigns/${id}/pause`)
      expect(await campaign()).toMatchObject({ status: 'PAUSED', isScheduled: true })
      await shop.post(`/api/campaigns/${id}/resume`)
      expect((await campaign()).deliveryStats).toMatchObject({ sent: 0 })
      expect((await move(null)).at('data')).toMatchObject({ status: 'ACTIVE', scheduledAt: null })
      await completed(id)
      expect(await campaign()).toMatchObject({ isScheduled: false })
      expect((await campaign()).deliveryStats.sent).toBeGreaterThan(0)
      expect((await move('2999-03-01T10:00')).text('code')).toBe('CAMPAIGN_NOT_SCHEDULED')
      expect((await shop.put(`/api/campaigns/${await create()}/schedule`, { scheduleAt: null })).status).toBe(409)
    })

    it('fault 23: what can be done with a campaign follows from where it stands', async () => {
      const can = async (id: string) => {
        const asked = ['pause', 'resume', 'cancel', 'retry-failed'].map((verb) =>
          shop.post(`/api/campaigns/${id}/${verb}`),
        )
        return (await Promise.all(asked)).map(({ status }) => status)
      }
      const draft = await create()
      expect(await can(draft)).toEqual([409, 409, 409, 409])
      const done = await create({ rules: { field: 'visitCount', operator: '=', value: 901 } })
      await launch(done)
      await completed(done)
      expect(await can(done)).toEqual([409, 409, 409, 409])
      const off = await create()
      await launch(off, { scheduleAt: '2999-01-01T10:00' })
      expect((await shop.post(`/api/campaigns/${off}/cancel`)).status).toBe(200)
      expect(await can(off)).toEqual([409, 409, 200, 409])
      expect((await launch(off)).status).toBe(409)
      expect((await shop.delete(`/api/campaigns/${off}`)).status).toBe(409)
      expect((await shop.delete(`/api/campaigns/${draft}`)).status).toBe(200)
    })

    it('fault 34: long texts are kept and sent whole', async () => {
      const [message, description] = ['m'.repeat(1_000), 'd'.repeat(500)]
      const id = await create({ description, rules: { field: 'visitCount', operator: '=', value: 901 } })
      await launch(id, { message })
      await completed(id)
      const detail = await shop.get(`/api/campaigns/${id}`)
      expect(detail.text('data.campaign.description')).toBe(description)
      expect(detail.text('data.campaign.communicationLogs.0.message')).toBe(message)
    })
  })
}

function namesIn(answer: Answer): readonly string[] {
  return String(answer.body)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[1] ?? '')
    .sort()
}
