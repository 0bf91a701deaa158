/** The server's schema, from the server itself: its connection settings, its tables, its indexes. */

import type { Knex } from 'knex'
import { connect, type Database } from '../../../packages/server/dist/database/connect.js'
import { migrate } from '../../../packages/server/dist/database/migrate.js'
import { foundation } from '../../../packages/server/dist/database/migrations/0001-foundation.js'

export { connect, type Database, migrate }

/** The same tables and indexes for PostgreSQL, which the server itself does not run on. */
export async function createFoundation(knex: Knex): Promise<void> {
  await foundation.up({
    knex,
    dialect: 'sqlite',
    createTable: async (name, define) => {
      await knex.schema.createTable(name, define)
    },
  })
}
