import type { Knex } from 'knex'

/** The databases that the schema is written for, by the dialect that rules are compiled to. */
export type Dialect = 'sqlite' | 'mysql' | 'mariadb'

/** One step from a release's schema to the next. Steps are only ever added, never changed or taken back. */
export interface Migration {
  /** `NNNN-words`; recorded in the database once the step is done. */
  readonly name: string
  up(schema: Schema): Promise<void>
}

/** What a migration works with. */
export interface Schema {
  /** The connection that holds the lock: everything a migration does goes through it. */
  readonly knex: Knex
  readonly dialect: Dialect
  /**
   * Creates a table whose text is compared code point by code point, trailing blanks included, as SQLite
   * does by itself: on MySQL and MariaDB by their binary NO PAD collations.
   */
  createTable(name: string, define: (table: Knex.CreateTableBuilder) => void): Promise<void>
}

const binaryCollation = { mysql: 'utf8mb4_0900_bin', mariadb: 'utf8mb4_nopad_bin' } as const

/** The schema tools of one connection. */
export function schemaOf(knex: Knex, dialect: Dialect): Schema {
  return {
    knex,
    dialect,
    createTable: (name, define) =>
      dialect === 'sqlite'
        ? knex.schema.createTable(name, define)
        : createOnServer(knex, name, (table) => {
            table.engine('InnoDB')
            table.charset('utf8mb4')
            table.collate(binaryCollation[dialect])
            define(table)
          }),
  }
}

/**
 * Knex adds each index by a statement of its own, and the server rebuilds the table for each: one statement
 * for all of a table's made the migrations of an empty MySQL three times as fast.
 */
async function createOnServer(
  knex: Knex,
  name: string,
  define: (table: Knex.CreateTableBuilder) => void,
): Promise<void> {
  const [create, ...alterations] = knex.schema.createTable(name, define).toSQL()
  const start = `alter table \`${name}\` add `
  const additions = alterations.map(({ sql }) => {
    if (!sql.startsWith(start)) throw new Error(`Not an addition to ${name}: ${sql}`)
    return sql.slice('alter table '.length + name.length + 3)
  })
  if (create !== undefined) await knex.raw(create.sql)
  if (additions.length > 0) await knex.raw(`alter table \`${name}\` ${additions.join(', ')}`)
}
