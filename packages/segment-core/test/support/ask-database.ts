import type { OpenedDatabase } from '../../../../testing/databases.ts'
import type { CompiledSql } from '../../src/targets/compile-sql.ts'

/** The rows that a compiled statement, with `?` for its bound values, gives. */
export async function rowsOf(
  { knex, dialect }: OpenedDatabase,
  { sql, bindings }: CompiledSql,
): Promise<Record<string, unknown>[]> {
  const found = await knex.raw(sql, [...bindings])
  if (dialect === 'postgresql') return found.rows
  return dialect === 'sqlite' ? found : found[0]
}
