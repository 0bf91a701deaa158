import type { Knex } from 'knex'

/** Where a row stands in a sorted list: its value in the sort column, and its id among equal ones. */
export interface Key {
  readonly value: string | number | null
  readonly id: string
}

/**
 * Narrows a sorted query to the rows behind one. Unlike an offset it neither skips nor repeats when rows come
 * and go meanwhile, and costs the same on every page. Missing values sort before all others.
 */
export function afterKey(
  query: Knex.QueryBuilder,
  columns: { readonly value: string; readonly id: string },
  isDescending: boolean,
  key: Key,
): Knex.QueryBuilder {
  const beyond = isDescending ? '<' : '>'
  return query.where((rows) => {
    if (key.value === null) {
      rows.where((equal) => equal.whereNull(columns.value).where(columns.id, beyond, key.id))
      if (!isDescending) rows.orWhereNotNull(columns.value)
    } else {
      rows.where(columns.value, beyond, key.value)
      rows.orWhere((equal) => equal.where(columns.value, key.value).where(columns.id, beyond, key.id))
      if (isDescending) rows.orWhereNull(columns.value)
    }
  })
}
