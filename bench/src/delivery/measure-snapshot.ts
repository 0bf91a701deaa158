import type { BenchDatabase } from '../audiences/bench-database.ts'
import { sayTable, short, verdict } from '../measuring/print.ts'
import { spreadOf } from '../measuring/spread.ts'
import { addCustomers, launch } from './campaigns.ts'
import { startVendor } from './programs.ts'
import { startServer } from './server-process.ts'

const mostOfBare = 1.5

/** Launches campaigns for later, beside bare statements that write as many rows into the same table. */
export async function measureSnapshot(database: BenchDatabase, recipients: number, rounds: number): Promise<void> {
  const vendor = await startVendor(0)
  const server = await startServer(database.url, { VENDOR_URL: vendor.url })
  await addCustomers(database, 0, recipients)
  const bare: number[] = []
  const ours: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push((await launch(server, true)).tookMs)
    bare.push(await insertBare(database, `bare-${round}`))
  }
  await server.end()
  await vendor.end()
  const [floor, launched] = [spreadOf(bare), spreadOf(ours)]
  const ratio = launched.median / floor.median
  sayTable(
    [`Snapshot of ${recipients.toLocaleString('en')} recipients`, 'median ms', 'from, to', 'of bare', ''],
    [
      ['bare INSERT … SELECT', short(floor.median), `${short(floor.min)} to ${short(floor.max)}`, '1.00', ''],
      [
        'launch of a campaign',
        short(launched.median),
        `${short(launched.min)} to ${short(launched.max)}`,
        short(ratio),
        verdict(ratio <= mostOfBare, `at most ${mostOfBare}`),
      ],
    ],
  )
}

/** A run like the last one, and its messages by one plain statement, in the order that is fastest to write. */
async function insertBare({ knex, dialect }: BenchDatabase, runId: string): Promise<number> {
  const [like] = await knex('runs').orderBy('created_at_ms', 'desc').limit(1)
  await knex('runs').insert({ ...like, id: runId, launch_key: runId, state: 'PAUSED' })
  const id = dialect === 'sqlite' ? `'${runId}.' || c.id` : `concat('${runId}.', c.id)`
  const startMs = performance.now()
  await knex.transaction((transaction) =>
    transaction.raw(
      `insert into messages (id, workspace_id, run_id, campaign_id, customer_id, address, generation, duplicates,
        dispatch, delivery, token, due_at_ms, attempts, has_positive, has_negative, has_late_proof, created_at_ms,
        updated_at_ms)
      select ${id}, c.workspace_id, '${runId}', '${runId}', c.id, c.email_folded, 1, 0,
        'PENDING', 'none', 0, 1, 0, 0, 0, 0, 1, 1 from customers c order by c.id`,
    ),
  )
  return performance.now() - startMs
}
