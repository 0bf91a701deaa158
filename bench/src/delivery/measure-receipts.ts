import type { BenchDatabase } from '../audiences/bench-database.ts'
import { sayTable, short, verdict } from '../measuring/print.ts'
import { spreadOf } from '../measuring/spread.ts'
import { addCustomers, launch, until } from './campaigns.ts'
import { reportAll, startVendor } from './programs.ts'
import { field, type ServerProcess, startServer } from './server-process.ts'

const connections = 128
const mostMsUntilVisible = 2_000
const mostMsFor99Percent = 250
const leastPerSecond = 5_000

/** Reports a whole campaign delivered, as fast as the server acknowledges, and looks until all of it is in the counts. */
export async function measureReceipts(database: BenchDatabase, messages: number, rounds: number): Promise<void> {
  const vendor = await startVendor(0)
  const server = await startServer(database.url, {
    VENDOR_URL: vendor.url,
    VENDOR_CONCURRENCY: '100',
    VENDOR_RATE_PER_SECOND: '100000',
  })
  await addCustomers(database, 0, messages)
  const paces: number[] = []
  const p99s: number[] = []
  const visible: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const { id } = await launch(server)
    await until(async () => (await countOf(server, id, 'PENDING')) === 0, 250)
    const messageIds = await database.knex('messages').where('campaign_id', id).pluck<string[]>('id')
    const url = `${server.apiUrl}/vendor/delivery-receipt`
    const outcome = await reportAll({ url, key: server.vendorKey, messageIds, connections })
    const acknowledgedAtMs = performance.now()
    await until(async () => (await countOf(server, id, 'DELIVERED')) === messageIds.length, 50)
    if (round === 0) continue
    const sorted = [...outcome.latenciesMs].sort((one, other) => one - other)
    paces.push((messageIds.length * 1_000) / outcome.tookMs)
    p99s.push(sorted[Math.floor(sorted.length * 0.99)]!)
    visible.push(performance.now() - acknowledgedAtMs)
  }
  await server.end()
  await vendor.end()
  const [pace, p99, late] = [spreadOf(paces), spreadOf(p99s), spreadOf(visible)]
  const row = (name: string, { median, min, max }: typeof pace, last: string) => [
    name,
    short(median),
    `${short(min)} to ${short(max)}`,
    last,
  ]
  sayTable(
    ['Receipts, durable before they are acknowledged', 'median', 'from, to', ''],
    [
      row('receipts a second', pace, verdict(pace.median >= leastPerSecond, `at least ${leastPerSecond}`)),
      row('99 % within ms', p99, verdict(p99.median < mostMsFor99Percent, `under ${mostMsFor99Percent}`)),
      row(
        'all in the counts after ms',
        late,
        verdict(late.median <= mostMsUntilVisible, `within ${mostMsUntilVisible}`),
      ),
    ],
  )
}

async function countOf(server: ServerProcess, id: string, status: string): Promise<number> {
  const { campaign } = (await server.ask('GET', `/campaigns/${id}`)) as { campaign: unknown }
  return Number(field(field(field(campaign, 'deliveryStats'), 'byStatus'), status))
}
