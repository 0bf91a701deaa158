import { setTimeout as pause } from 'node:timers/promises'
import type { BenchDatabase } from '../audiences/bench-database.ts'
import { type ServerProcess, text } from './server-process.ts'

/** Makes the account's workspace have so many customers, by statements that pass nothing through this process. */
export async function addCustomers({ knex, dialect }: BenchDatabase, from: number, to: number): Promise<void> {
  const [workspace] = await knex('workspaces').select<{ id: string }[]>('id').limit(1)
  const number = 'd0.n + 10 * d1.n + 100 * d2.n + 1000 * d3.n + 10000 * d4.n + 100000 * d5.n'
  const digits = `(${Array.from({ length: 10 }, (_, n) => `select ${n} as n`).join(' union all ')})`
  const name = (prefix: string, suffix = '') =>
    dialect === 'sqlite' ? `'${prefix}' || (${number}) || '${suffix}'` : `concat('${prefix}', ${number}, '${suffix}')`
  await knex.raw(
    `insert into customers (id, workspace_id, external_id, email, email_folded, name, name_folded,
      opening_spending_minor, opening_visits, total_spending_minor, order_count, visit_count, attributes,
      attributes_folded, created_at_ms, updated_at_ms)
    select ${name('bench-customer-')}, ?, ${name('x')}, ${name('c', '@example.org')}, ${name('c', '@example.org')},
      ${name('Customer ')}, ${name('customer ')}, ${number}, 0, ${number}, 0, 0, '{}', '{}', 1, 1
    from ${Array.from({ length: 6 }, (_, digit) => `${digits} d${digit}`).join(' cross join ')}
    where ${number} >= ? and ${number} < ?`,
    [workspace!.id, from, to],
  )
  // SQLite holds up this process meanwhile, and the server closes connections that are not used: here is time to hear it.
  await pause(100)
}

/** Launches a campaign to everybody, now or at an instant that is not reached. Answers its id and how long it took. */
export async function launch(server: ServerProcess, isForLater = false): Promise<{ id: string; tookMs: number }> {
  const plan = { name: 'To everyone', rules: { everyone: true } }
  const id = text(await server.ask('POST', '/campaigns', plan), 'id')
  const scheduleAt = isForLater ? { scheduleAt: new Date(Date.now() + 24 * 3_600_000).toISOString() } : {}
  const startMs = performance.now()
  await server.ask('POST', `/campaigns/${id}/launch`, { message: 'Hello {name}', ...scheduleAt })
  return { id, tookMs: performance.now() - startMs }
}

/** Asks again and again until it holds. */
export async function until(holds: () => Promise<boolean>, everyMs = 100): Promise<void> {
  while (!(await holds())) await pause(everyMs)
}
