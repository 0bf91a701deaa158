import type { BenchDatabase } from '../audiences/bench-database.ts'
import { sayTable, verdict } from '../measuring/print.ts'
import { addCustomers, launch, until } from './campaigns.ts'
import { startVendor } from './programs.ts'
import { startServer } from './server-process.ts'

const mostMegabytes = 200
const sendForMs = 10_000

/**
 * Launches to few and then to many, sends for a while each time, and keeps the most that the server's process held. The
 * many are not sent to to the end: what would grow with their number has grown by then.
 */
export async function measureMemory(database: BenchDatabase, few: number, many: number): Promise<void> {
  const vendor = await startVendor(0)
  const server = await startServer(database.url, { VENDOR_URL: vendor.url, VENDOR_RATE_PER_SECOND: '100000' })
  const peaks: number[] = []
  let recipients = 0
  for (const wanted of [few, many]) {
    await addCustomers(database, recipients, wanted)
    recipients = wanted
    let peak = 0
    const look = async () => {
      peak = Math.max(peak, await server.residentBytes())
    }
    const launching = launch(server)
    let isLaunched = false
    void launching.then(() => {
      isLaunched = true
    })
    await until(async () => {
      await look()
      return isLaunched
    })
    const { id } = await launching
    const endMs = performance.now() + sendForMs
    await until(async () => {
      await look()
      return performance.now() >= endMs
    })
    await server.ask('POST', `/campaigns/${id}/cancel`).catch(() => undefined)
    peaks.push(peak / 2 ** 20)
  }
  await server.end()
  await vendor.end()
  sayTable(
    ['Memory of the process, most of MB', ''],
    [few, many].map((count, index) => [
      `${count.toLocaleString('en')} recipients: ${Math.round(peaks[index]!)}`,
      verdict(peaks[index]! < mostMegabytes, `under ${mostMegabytes}`),
    ]),
  )
}
