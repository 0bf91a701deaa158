import type { Knex } from 'knex'

/** Answers the rows of a query. */
export type Ask = <Row>(query: Knex.QueryBuilder) => Promise<readonly Row[]>

/** How one database runs several questions over one state of the data, and stops when the signal aborts. */
export interface Reads {
  /** @throws the signal's reason when it aborts, once the database has stopped working on it */
  read<Answer>(signal: AbortSignal, work: (ask: Ask) => Promise<Answer>): Promise<Answer>
  close(): Promise<void>
}
