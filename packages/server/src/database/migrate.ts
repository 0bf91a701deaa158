import type { Knex } from 'knex'
import type { Database } from './connect.ts'
import { everyMigration } from './migrations/every-migration.ts'
import { type Migration, schemaOf } from './migrations/migration.ts'

/** How long a second process waits for the first one's migrations. */
const lockWaitSeconds = 60

const versions = 'schema_versions'

/**
 * Brings the schema up to this release, once, however many processes start together: SQLite's write lock or
 * a named lock of the server makes the others wait and then find nothing to do. Both vanish with a process
 * that dies, so no lock is ever left behind. Answers the names of the steps it took.
 * @throws when the database was written by a newer release, or a step failed
 */
export async function migrate(
  database: Database,
  nowMs: number,
  migrations: readonly Migration[] = everyMigration,
): Promise<readonly string[]> {
  await database.knex.raw(
    `create table if not exists ${versions} (name varchar(100) not null primary key, finished_at_ms bigint null)`,
  )
  return database.knex.transaction(async (locked) => {
    const unlock = await lock(locked, database)
    try {
      return await takeSteps(locked, database, nowMs, migrations)
    } finally {
      await unlock()
    }
  })
}

/** Whether every step of this release has been taken. */
export async function isMigrated(knex: Knex): Promise<boolean> {
  const [row] = await knex(versions).whereNotNull('finished_at_ms').count({ steps: '*' })
  return Number(row?.['steps']) >= everyMigration.length
}

/** An update that changes nothing takes SQLite's write lock before the first read, so the read cannot be stale. */
async function lock(locked: Knex.Transaction, { dialect }: Database): Promise<() => Promise<void>> {
  if (dialect === 'sqlite') {
    await locked(versions).whereRaw('1 = 0').update({ finished_at_ms: null })
    return async () => {}
  }
  const [rows] = await locked.raw<{ got: number | null }[][]>(
    `select get_lock(concat('muster-', left(sha2(database(), 256), 40)), ?) as got`,
    [lockWaitSeconds],
  )
  if (rows?.[0]?.got !== 1) throw new Error('Another process is still migrating this database')
  return async () => {
    await locked.raw(`select release_lock(concat('muster-', left(sha2(database(), 256), 40)))`)
  }
}

async function takeSteps(
  locked: Knex.Transaction,
  { dialect }: Database,
  nowMs: number,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const rows: { name: string; finished_at_ms: number | null }[] = await locked(versions).select()
  refuseUnknown(rows, migrations)
  const taken = new Set(rows.map(({ name }) => name))
  const missing = migrations.filter(({ name }) => !taken.has(name))
  for (const { name, up } of missing) {
    await locked(versions).insert({ name, finished_at_ms: null })
    await up(schemaOf(locked, dialect))
    await locked(versions).where({ name }).update({ finished_at_ms: nowMs })
  }
  return missing.map(({ name }) => name)
}

/** MySQL and MariaDB commit each DDL statement, so a step that died midway has to be seen rather than repeated. */
function refuseUnknown(rows: readonly { name: string; finished_at_ms: number | null }[], known: readonly Migration[]) {
  const names = new Set(known.map(({ name }) => name))
  for (const { name, finished_at_ms } of rows) {
    if (!names.has(name)) throw new Error(`The database was written by a newer release (it has ${name})`)
    if (finished_at_ms === null) {
      throw new Error(`The migration ${name} was interrupted: restore the backup made before it, then start again`)
    }
  }
}
