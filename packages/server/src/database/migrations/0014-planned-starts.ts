import type { Migration } from './migration.ts'

/**
 * Starts of an account are planned one after another instead of counted where the window is short.
 * `free_from_us` is the first instant that no call has yet, in microseconds since 1970.
 */
export const plannedStarts: Migration = {
  name: '0014-planned-starts',
  up: async ({ knex }) => {
    await knex.schema.alterTable('vendor_accounts', (table) => {
      table.bigInteger('free_from_us').notNullable().defaultTo(0)
    })
  },
}
