import type { Migration } from './migration.ts'

/**
 * When and how often people are written to, and who said that somebody must not be.
 *
 * `runs.closes_at_ms` is the end of the send window; null means that there is none. A workspace's cap and its quiet
 * hours are asked at the moment of sending, so changing them changes one row. `suppressions.created_by` is null where
 * the vendor or a program said it.
 */
export const sendingManners: Migration = {
  name: '0006-sending-manners',
  up: async ({ knex }) => {
    await knex.schema.alterTable('workspaces', (table) => {
      table.integer('cap_messages')
      table.integer('cap_days')
      table.string('quiet_from', 5)
      table.string('quiet_until', 5)
    })
    await knex.schema.alterTable('runs', (table) => {
      table.bigInteger('closes_at_ms')
    })
    await knex.schema.alterTable('campaigns', (table) => {
      table.bigInteger('expires_at_ms')
    })
    await knex.schema.alterTable('suppressions', (table) => {
      table.string('created_by', 32)
    })
    // An address that the vendor reported without saying why it must not be written to: taken for the gravest.
    await knex('suppressions').where({ reason: 'vendor' }).update({ reason: 'complaint' })
  },
}
