import type { Knex } from 'knex'

/** The connections of a database: in use, idle, and requests that wait for one. */
export function poolOf(knex: Knex): Readonly<Record<'used' | 'idle' | 'waiting', number>> {
  const { pool }: { readonly pool?: Pool } = knex.client
  return { used: pool?.numUsed() ?? 0, idle: pool?.numFree() ?? 0, waiting: pool?.numPendingAcquires() ?? 0 }
}

/** What Knex keeps its connections in (tarn), as far as it is asked here; gone after the database was closed. */
interface Pool {
  numUsed(): number
  numFree(): number
  numPendingAcquires(): number
}
