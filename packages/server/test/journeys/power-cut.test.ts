import knexOf, { type Knex } from 'knex'
import { describe, expect, it } from 'vitest'
import { type ApiClient, registerAndLogIn } from '../../../../examples/src/api-client.ts'
import { importInBulk } from '../../../../examples/src/import-in-bulk.ts'
import { startMuster } from '../../../../examples/src/muster-process.ts'
import { testDatabases } from '../../../../testing/databases.ts'

/** A real server process, killed twice in the middle of a campaign, as a power cut would. */

const people = 400

/** The vendor's own books: what it really sent, whatever we believe. */
interface BookedMessage {
  readonly message_id: string
  readonly deliveries: number
}

interface Detail {
  readonly campaign: {
    readonly status: string
    readonly deliveryStats: { readonly total: number; readonly sent: number; readonly byStatus: Record<string, number> }
  }
}

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`a server that is killed in mid-campaign, on ${database.title}`, () => {
    it('fault 25: goes on and ends: nobody is left out, nobody gets two', async () => {
      const opened = await database.open()
      await opened.knex.destroy()
      const server = await startMuster({
        DATABASE_URL: opened.url,
        VENDOR_RATE_PER_SECOND: '150',
        VENDOR_TIMEOUT_MS: '2000',
        SIMULATED_VENDOR_MIN_LATENCY_MS: '5',
        SIMULATED_VENDOR_MAX_LATENCY_MS: '200',
      })
      try {
        const api = await registerAndLogIn(server.apiUrl, 'Power cut')
        await importInBulk(api, 'customers', customers())
        const id = await launch(api)
        for (const share of [0.2, 0.6]) {
          await until(api, id, ({ deliveryStats: { sent } }) => sent >= people * share)
          await server.kill()
          await server.restart()
        }
        const { status, deliveryStats } = await until(api, id, ({ status, deliveryStats: { byStatus } }) => {
          return status === 'COMPLETED' && byStatus['SENT'] === 0
        })
        expect(status).toBe('COMPLETED')
        expect(deliveryStats.total).toBe(people)
        expect(sum(Object.values(deliveryStats.byStatus))).toBe(people)
        expect(deliveryStats.byStatus['PENDING']).toBe(0)
        await server.kill()
        const books = await vendorBooks(opened.url)
        expect(books).toHaveLength(people)
        expect(books.filter(({ deliveries }) => deliveries !== 1)).toEqual([])
      } finally {
        await server.stop()
        await opened.close()
      }
    })
  })
}

function customers() {
  return Array.from({ length: people }, (_, index) => ({
    externalId: `c${index}`,
    email: `c${index}@example.org`,
    name: `Customer ${index}`,
  }))
}

async function launch(api: ApiClient): Promise<string> {
  const rules = { everyone: true }
  const { id } = await api.post<{ id: string }>('/campaigns', { name: 'To everyone', rules })
  await api.post(`/campaigns/${id}/launch`, { message: 'Hello {name}' })
  return id
}

async function until(api: ApiClient, id: string, holds: (campaign: Detail['campaign']) => boolean) {
  return expect
    .poll(async () => (await api.get<Detail>(`/campaigns/${id}`)).campaign, { timeout: 90_000, interval: 50 })
    .toSatisfy(holds)
    .then(async () => (await api.get<Detail>(`/campaigns/${id}`)).campaign)
}

async function vendorBooks(url: string): Promise<readonly BookedMessage[]> {
  const knex: Knex = url.startsWith('sqlite:')
    ? knexOf({
        client: 'better-sqlite3',
        connection: { filename: url.slice('sqlite:'.length) },
        useNullAsDefault: true,
      })
    : knexOf({ client: 'mysql2', connection: url })
  try {
    return await knex('simulated_vendor_messages').where('deliveries', '>', 0).select('message_id', 'deliveries')
  } finally {
    await knex.destroy()
  }
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0)
}
