import type { Knex } from 'knex'
import type { Database } from './connect.ts'

/**
 * Narrows a query to the rows whose column has one of these values. On SQLite they are bound as one list, so that the
 * statement's text does not depend on their number and stays prepared.
 */
export function among<Query extends Knex.QueryBuilder>(
  { dialect }: Pick<Database, 'dialect'>,
  query: Query,
  column: string,
  values: Iterable<string | number>,
): Query {
  const each = [...new Set(values)]
  if (dialect === 'sqlite') query.whereRaw('?? in (select value from json_each(?))', [column, JSON.stringify(each)])
  else query.whereIn(column, each)
  return query
}
