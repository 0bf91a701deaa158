import { Agent, request } from 'node:http'
import PQueue from 'p-queue'
import type { BenchDatabase } from '../audiences/bench-database.ts'
import { say, sayTable, short, verdict } from '../measuring/print.ts'
import { type Spread, spreadOf } from '../measuring/spread.ts'
import { addCustomers, launch, until } from './campaigns.ts'
import { startVendor } from './programs.ts'
import { startServer } from './server-process.ts'

/** One kind of vendor, and what is expected of sending to it. */
interface Case {
  readonly latencyMs: number
  readonly concurrency: number
  readonly messages: number
}

/**
 * Sends campaigns to a vendor beside a bare loop of p-queue over kept connections to the same vendor, in turns. A
 * campaign's time is from its first intent to its last durable result, by the database's clock.
 */
export async function measureSends(database: BenchDatabase, the: Case, rounds: number): Promise<void> {
  const vendor = await startVendor(the.latencyMs)
  const server = await startServer(database.url, {
    VENDOR_URL: vendor.url,
    VENDOR_CONCURRENCY: String(the.concurrency),
    VENDOR_RATE_PER_SECOND: '100000',
  })
  await addCustomers(database, 0, the.messages)
  const bare: number[] = []
  const ours: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const pace = { bare: await bareLoop(vendor.url, the), ours: await campaign(database, server) }
    if (round === 0) continue
    bare.push(pace.bare)
    ours.push(pace.ours)
  }
  await server.end()
  await vendor.end()
  tell(the, spreadOf(bare), spreadOf(ours))
}

function tell({ latencyMs, concurrency }: Case, bare: Spread, ours: Spread): void {
  const ceiling = latencyMs === 0 ? null : (concurrency * 1_000) / latencyMs
  say(`Sends to a vendor that takes ${latencyMs} ms, ${concurrency} at once (a second)`)
  const row = (name: string, { median, min, max }: Spread, last: string) => [
    name,
    short(median),
    `${short(min)} to ${short(max)}`,
    short(median / bare.median),
    ceiling === null ? '' : short(median / ceiling),
    last,
  ]
  const target =
    ceiling === null
      ? verdict(ours.median >= 0.4 * bare.median, 'at least 0.4 of bare')
      : verdict(ours.median >= 0.9 * ceiling, `at least 0.9 of ${ceiling}`)
  sayTable(
    ['', 'median', 'from, to', 'of bare', 'of ceiling', ''],
    [row('bare p-queue loop', bare, ''), row('Muster, all durable', ours, target)],
  )
}

async function bareLoop(url: string, { concurrency, messages }: Case): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const queue = new PQueue({ concurrency })
  const body = JSON.stringify({ messageId: 'run.customer.1', customerId: 'customer', message: 'Hello Customer 1' })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const send = () =>
    new Promise<void>((resolve, reject) => {
      const sent = request(`${url}/send-message`, { method: 'POST', agent, headers }, (response) => {
        response.resume()
        response.on('end', resolve)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const startMs = performance.now()
  await queue.addAll(Array.from({ length: messages }, () => send))
  const tookMs = performance.now() - startMs
  agent.destroy()
  return (messages * 1_000) / tookMs
}

/** Sends a campaign to everybody and answers how many messages a second became durably accepted. */
export async function campaign({ knex }: BenchDatabase, server: Parameters<typeof launch>[0]): Promise<number> {
  const { id } = await launch(server)
  const run = () => knex('runs').where('campaign_id', id)
  await until(async () => (await run().whereIn('state', ['COMPLETED', 'SETTLED'])).length === 1, 250)
  const sent = knex('messages').where({ campaign_id: id, dispatch: 'ACCEPTED' })
  const [row] = await sent.min({ from: 'first_intent_at_ms' }).max({ to: 'sent_at_ms' }).count({ messages: '*' })
  return (Number(row?.['messages']) * 1_000) / (Number(row?.['to']) - Number(row?.['from']))
}
