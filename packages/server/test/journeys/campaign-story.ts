import { expect } from 'vitest'
import { type ApiClient, registerAndLogIn } from '../../../../examples/src/api-client.ts'
import { importInBulk } from '../../../../examples/src/import-in-bulk.ts'
import type { OutsideVendor } from './outside-vendor.ts'

/** A campaign as its page shows it. */
export interface CampaignView {
  readonly status: string
  readonly deliveryStats: {
    readonly total: number
    readonly sent: number
    readonly byStatus: Readonly<Record<string, number>>
  }
  readonly failures: readonly { readonly code: string; readonly count: number }[]
}

/** A shop with customers, and what an operator does with campaigns to all of them. */
export interface Shop {
  readonly api: ApiClient
  readonly people: number
  /** Makes a campaign to everybody. */
  draft(): Promise<string>
  /** Launches it. Launching it again changes nothing. */
  launch(id: string): Promise<void>
  look(id: string): Promise<CampaignView>
  /** Looks until it holds; what was seen then. */
  until(id: string, holds: (campaign: CampaignView) => boolean): Promise<CampaignView>
}

const patienceMs = 60_000

/** Opens a shop on a running server. Its session outlives the server's process. */
export async function openShop(apiUrl: string, people: number): Promise<Shop> {
  const api = await registerAndLogIn(apiUrl, 'Journeys')
  const customers = Array.from({ length: people }, (_, index) => ({
    externalId: `c${index}`,
    email: `c${index}@example.org`,
    name: `Customer ${index}`,
  }))
  await importInBulk(api, 'customers', customers)
  const look = async (id: string) => (await api.get<{ campaign: CampaignView }>(`/campaigns/${id}`)).campaign
  return {
    api,
    people,
    look,
    draft: async () => {
      const plan = { name: 'To everyone', rules: { everyone: true } }
      return (await api.post<{ id: string }>('/campaigns', plan)).id
    },
    launch: async (id) => {
      await api.post(`/campaigns/${id}/launch`, { message: 'Hello {name}' })
    },
    until: async (id, holds) => {
      let seen: CampaignView | undefined
      await expect
        .poll(
          async () => {
            seen = await look(id)
            return seen
          },
          { timeout: patienceMs, interval: 25 },
        )
        .toSatisfy(holds)
      if (seen === undefined) throw new Error('Nothing was ever seen')
      return seen
    },
  }
}

/** Whether the campaign is over and nothing is waited for any more, neither a sending nor a receipt. */
export function isAtRest({ status, deliveryStats: { byStatus } }: CampaignView): boolean {
  return status === 'COMPLETED' && byStatus['SENT'] === 0
}

/** The settings of a server that sends to this vendor. Its leases last one and a half seconds. */
export function sendingTo(vendor: OutsideVendor): Record<string, string> {
  return {
    VENDOR_URL: vendor.url,
    VENDOR_KEY: vendor.key,
    JWT_SECRET: 'sessions-outlive-the-process-that-opened-them',
    VENDOR_TIMEOUT_MS: '1000',
    VENDOR_RATE_PER_SECOND: '100000',
    VENDOR_CONCURRENCY: '16',
  }
}

/** How many times each of so many things happened: `{ 1: 200 }` is two hundred that happened once. */
export function tally(counts: Iterable<number>): Readonly<Record<number, number>> {
  const found: Record<number, number> = {}
  for (const count of counts) found[count] = (found[count] ?? 0) + 1
  return found
}
