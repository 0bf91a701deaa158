import { cpus, loadavg } from 'node:os'
import { type BenchDatabase, type DatabaseName, openDatabase } from '../audiences/bench-database.ts'
import { addCustomers } from '../delivery/campaigns.ts'
import { campaign } from '../delivery/measure-sends.ts'
import { startVendor } from '../delivery/programs.ts'
import { type ServerProcess, startServer } from '../delivery/server-process.ts'
import { say, sayTable, short } from '../measuring/print.ts'
import { spreadOf } from '../measuring/spread.ts'
import { nowMs } from '../predicates/customers/records.ts'
import { type Load, load } from '../requests/load.ts'

export interface WatchingSizes {
  readonly databases: readonly DatabaseName[]
  readonly messages: number
  readonly rounds: number
}

/** What people keep open: each is asked again every fifteen seconds by every tab. */
const pages = ['/analytics/dashboard', '/campaigns?page=1&limit=10'] as const
/** A hundred and fifty tabs of each page. */
const perSecond = 10
/** A look lasts so long, again and again until the campaign has ended. */
const lookSeconds = 5

/** A campaign alone, and a campaign while its pages are watched; and the pages while nothing is sent. */
export async function measureWatching({ databases, messages, rounds }: WatchingSizes): Promise<void> {
  const vendor = await startVendor(20)
  for (const name of databases) {
    const database = await openDatabase(name, nowMs)
    const server = await startServer(database.url, {
      VENDOR_URL: vendor.url,
      VENDOR_CONCURRENCY: '64',
      VENDOR_RATE_PER_SECOND: '100000',
      RATE_LIMITS: 'off',
    })
    try {
      await addCustomers(database, 0, messages)
      await measureDatabase(database, server, rounds)
    } finally {
      await server.end()
      await database.drop()
    }
  }
  await vendor.end()
}

async function measureDatabase(database: BenchDatabase, server: ServerProcess, rounds: number): Promise<void> {
  const quiet = await look(server)
  const alone: number[] = []
  const watched: number[] = []
  const busy: (readonly Load[])[] = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await campaign(database, server))
    const sending = campaign(database, server)
    let isSending = true
    void sending.finally(() => {
      isSending = false
    })
    while (isSending) busy.push(await look(server))
    watched.push(await sending)
  }
  tell(database.name, quiet, busy, spreadOf(alone).median, spreadOf(watched).median)
}

/** Both pages at once, as their tabs ask. */
function look(server: ServerProcess): Promise<readonly Load[]> {
  const headers = { authorization: `Bearer ${server.token}` }
  const traffic = pages.map((page) => ({ url: server.apiUrl + page, method: 'GET' as const, headers, perSecond }))
  return Promise.all(traffic.map((each) => load(each, lookSeconds)))
}

function tell(
  name: DatabaseName,
  quiet: readonly Load[],
  busy: readonly (readonly Load[])[],
  alone: number,
  watched: number,
): void {
  say(`\n${name}: each page ${perSecond} times a second, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`)
  const rows = pages.map((page, index) => {
    const worst = spreadOf(busy.map((looks) => looks[index]?.p99Ms ?? 0))
    return [page, short(quiet[index]?.p99Ms ?? 0), short(worst.median), short(worst.max)]
  })
  sayTable(['', 'p99 ms at rest', 'p99 ms while sending', 'at worst'], rows)
  say(`sends a second: ${short(alone)} alone, ${short(watched)} watched: ${short(watched / alone)} of it`)
}
