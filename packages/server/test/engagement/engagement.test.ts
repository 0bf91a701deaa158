import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect, disconnect } from '../../src/database/connect.ts'
import { linkKey } from '../../src/engagement/link-key-store.ts'
import { createLinks, type SignedLinks } from '../../src/engagement/links.ts'
import { launchAndFinish } from '../assistant/launched.ts'
import type { Client } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const publicUrl = 'http://links.example'
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'
const everyone = { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>=', value: 0 }] }

interface SentMessage {
  readonly id: string
  readonly message: string
  readonly customer: { readonly id: string; readonly email: string }
}

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`what customers do with messages, on ${database.title}`, () => {
    let muster: OpenMuster
    let user: Client
    let sent: readonly SentMessage[]
    let links: SignedLinks
    beforeAll(async () => {
      muster = await openMuster(database, {
        PUBLIC_URL: publicUrl,
        SIMULATED_VENDOR_SUCCESS_RATE: '1',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '0',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '5',
      })
      user = await muster.register()
      await user.post('/api/customers/bulk', {
        customers: ['ada', 'bob', 'cleo'].map((name) => ({ name, email: `${name}@people.example` })),
      })
      const id = await launchAndFinish(user, everyone, 'Hello {name}, see https://shop.example/new?for=you.')
      sent = (await user.get(`/api/campaigns/${id}`)).list('data.campaign.communicationLogs') as SentMessage[]
      const opened = await connect(muster.databaseUrl)
      links = createLinks(publicUrl, await linkKey(opened.knex))
      await disconnect(opened)
      // Later than any gateway that looks at a message while it takes it.
      muster.advance(60_000)
    })
    afterAll(() => muster.stop())

    /** A link as the customer's program follows it. */
    const visit = (path: string, init: RequestInit = {}) =>
      fetch(`${muster.origin}${path.replace(publicUrl, '')}`, {
        redirect: 'manual',
        ...init,
        headers: { 'user-agent': phone, ...init.headers },
      })
    const messageTo = (name: string) => {
      const found = sent.find(({ customer }) => customer.email === `${name}@people.example`)
      if (found === undefined) throw new Error(`Nothing was sent to ${name}`)
      return found
    }
    const linkIn = ({ message }: SentMessage) => /http:\/\/links\.example\/m\/c\/\S+(?=\.)/.exec(message)?.[0] ?? ''
    const audienceSize = async (rules: object) =>
      (await user.post('/api/segments/preview', { rules })).at('data.audienceSize')
    const members = (field: string) =>
      audienceSize({
        aggregate: 'count',
        of: 'messages',
        where: { field, operator: 'isSet' },
        operator: '>=',
        value: 1,
      })

    const withoutConsent = () => audienceSize({ field: 'emailConsent', operator: '=', value: false })

    it('leads a click on, once it is written down, and only where the sender said', async () => {
      const link = linkIn(messageTo('ada'))
      const answer = await visit(link)
      expect(answer.status).toBe(302)
      expect(answer.headers.get('location')).toBe('https://shop.example/new?for=you')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(await members('clickedAt')).toBe(1)
      await visit(link)
      expect(await members('clickedAt')).toBe(1)
    })

    it('is no open redirect: what we did not sign leads nowhere and changes nothing', async () => {
      const link = linkIn(messageTo('bob'))
      const evil = Buffer.from('https://evil.example').toString('base64url')
      const forged = [
        link.replace(/[^/]+$/, evil),
        link.replace(/\/m\/c\/[^/]+/, `/m/c/${messageTo('ada').id}`),
        link.replace('/m/c/', '/m/o/'),
      ]
      for (const path of forged) {
        const answer = await visit(path)
        expect(answer.headers.get('location')).toBeNull()
      }
      const asked = await visit(`${linkIn(messageTo('ada'))}?url=https://evil.example`)
      expect(asked.headers.get('location')).toBe('https://shop.example/new?for=you')
      expect(await members('clickedAt')).toBe(1)
    })

    it('a machine’s visit is no click, and neither is a look at the head alone', async () => {
      const link = linkIn(messageTo('cleo'))
      expect((await visit(link, { headers: { 'user-agent': 'Googlebot/2.1' } })).status).toBe(302)
      expect((await visit(link, { method: 'HEAD' })).status).toBe(302)
      expect(await members('clickedAt')).toBe(1)
    })

    it('writes an open down by the pixel that the vendor is given', async () => {
      const pixel = links.pixel(messageTo('bob').id)
      const answer = await visit(pixel)
      expect(answer.headers.get('content-type')).toBe('image/gif')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await members('openedAt')).toBe(1)
      // A forged one looks the same and is not counted.
      expect((await visit(pixel.replace(messageTo('bob').id, messageTo('cleo').id))).status).toBe(200)
      expect(await members('openedAt')).toBe(1)
    })

    it('asks before it unsubscribes somebody, since programs follow links by themselves', async () => {
      const unsubscribe = links.unsubscribe(messageTo('ada').id)
      const page = await visit(unsubscribe)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('<form method="post">')
      expect(await withoutConsent()).toBe(0)
    })

    it('unsubscribes by one click (RFC 8058), without a redirect, and nobody writes to them again', async () => {
      const unsubscribe = links.unsubscribe(messageTo('ada').id)
      const oneClick = {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      }
      for (let time = 0; time < 2; time++) expect((await visit(unsubscribe, oneClick)).status).toBe(200)
      const customer = await user.get(`/api/customers/${messageTo('ada').customer.id}`)
      expect(customer.at('data.customer')).toMatchObject({ emailConsent: false, consentSource: 'unsubscribe link' })
      expect(await withoutConsent()).toBe(1)
      const next = await user.post('/api/campaigns', { name: 'Again', rules: everyone })
      await user.post(`/api/campaigns/${next.text('id')}/launch`, { message: 'Once more' })
      const statuses = async () =>
        (await user.get(`/api/campaigns/${next.text('id')}`)).at('data.campaign.deliveryStats.byStatus')
      await expect.poll(statuses, { timeout: 30_000 }).toMatchObject({ DELIVERED: 2, SKIPPED: 1 })
    })

    it('a forged link unsubscribes nobody, and its answer tells nothing', async () => {
      const unsubscribe = links.unsubscribe(messageTo('bob').id)
      for (const path of [unsubscribe.replace(messageTo('bob').id, messageTo('cleo').id), `${unsubscribe}x`]) {
        expect((await visit(path)).status).toBe(404)
        expect((await visit(path, { method: 'POST' })).status).toBe(404)
      }
      expect(await withoutConsent()).toBe(1)
    })
  })

  describe.skipIf(database.missing)(`without a public address, on ${database.title}`, () => {
    it('leaves texts as they are', async () => {
      const muster = await openMuster(database, {
        SIMULATED_VENDOR_MAX_LATENCY_MS: '5',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '0',
        SIMULATED_VENDOR_SUCCESS_RATE: '1',
      })
      try {
        const user = await muster.register()
        await user.post('/api/customers', { name: 'Ada', email: 'ada@people.example' })
        const id = await launchAndFinish(user, everyone, 'See https://shop.example')
        const [log] = (await user.get(`/api/campaigns/${id}`)).list('data.campaign.communicationLogs') as SentMessage[]
        expect(log?.message).toBe('See https://shop.example')
      } finally {
        await muster.stop()
      }
    })
  })
}
