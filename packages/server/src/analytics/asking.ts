import type { Knex } from 'knex'
import type { Ask } from '../database/reads.ts'

/** How a store asks what may take long: it builds a query with one and has it answered by the other. */
export interface Asking {
  readonly knex: Knex
  readonly ask: Ask
}
