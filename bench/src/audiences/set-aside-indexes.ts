import type { Knex } from 'knex'
import type { BenchDatabase } from './bench-database.ts'

/** The statements that take a table's indexes away and bring the same ones back. */
interface IndexStatements {
  readonly drop: readonly string[]
  readonly create: readonly string[]
}

/**
 * Drops all indexes of some tables but those that keep values unique, and answers what brings them back. Building an
 * index over all rows at once is many times faster than keeping it up to date while they arrive.
 */
export async function setAsideIndexes(
  { knex, dialect }: BenchDatabase,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const found: IndexStatements[] = []
  for (const table of tables) found.push(await statementsOf[dialect](knex, table))
  const run = async (statements: readonly string[]) => {
    for (const statement of statements) await knex.raw(statement)
  }
  await run(found.flatMap(({ drop }) => drop))
  return () => run(found.flatMap(({ create }) => create))
}

type ReadStatements = (knex: Knex, table: string) => Promise<IndexStatements>

const fromSqlite: ReadStatements = async (knex, table) => {
  const indexes: { name: string; sql: string }[] = await knex('sqlite_master')
    .where({ type: 'index', tbl_name: table })
    .whereLike('sql', 'create index%')
    .select('name', 'sql')
  return { drop: indexes.map(({ name }) => `drop index ${name}`), create: indexes.map(({ sql }) => sql) }
}

const fromMysql: ReadStatements = async (knex, table) => {
  const columns: { name: string; columns: string }[] = await knex('information_schema.statistics')
    .where({ table_schema: knex.raw('database()'), table_name: table, non_unique: 1 })
    .groupBy('index_name')
    .select({ name: 'index_name', columns: knex.raw('group_concat(column_name order by seq_in_index)') })
  if (columns.length === 0) return { drop: [], create: [] }
  const drops = columns.map(({ name }) => `drop index ${name}`)
  const adds = columns.map(({ name, columns: listed }) => `add index ${name} (${listed})`)
  return { drop: [`alter table ${table} ${drops.join(', ')}`], create: [`alter table ${table} ${adds.join(', ')}`] }
}

const fromPostgres: ReadStatements = async (knex, table) => {
  const indexes: { indexname: string; indexdef: string }[] = await knex('pg_indexes')
    .where({ tablename: table })
    .whereLike('indexdef', 'CREATE INDEX%')
    .select('indexname', 'indexdef')
  return {
    drop: indexes.map(({ indexname }) => `drop index ${indexname}`),
    create: indexes.map(({ indexdef }) => indexdef),
  }
}

const statementsOf: Readonly<Record<BenchDatabase['dialect'], ReadStatements>> = {
  sqlite: fromSqlite,
  mariadb: fromMysql,
  mysql: fromMysql,
  postgresql: fromPostgres,
}
