import type { Migration } from './migration.ts'

/**
 * Message variants and control groups, what a campaign's preview showed, and test messages.
 *
 * `messages.variant` is `A` to `E`, `control` for somebody who is left out on purpose (SUPPRESSED, CONTROL_GROUP), and
 * null in a campaign with one text. `previewed_members` holds the latest preview of a draft, so that the launch can say
 * who left and who joined; the oldest ones of a workspace make room for new ones.
 */
export const campaignBooks: Migration = {
  name: '0010-campaign-books',
  up: async ({ knex, createTable }) => {
    await knex.schema.alterTable('campaigns', (table) => {
      table.text('variants', 'mediumtext')
      table.integer('control_percent').notNullable().defaultTo(0)
    })
    await knex.schema.alterTable('runs', (table) => {
      table.text('variants', 'mediumtext')
      table.boolean('is_test').notNullable().defaultTo(false)
    })
    await knex.schema.alterTable('messages', (table) => {
      table.string('variant', 8)
    })
    await createTable('previews', (table) => {
      table.string('campaign_id', 32).notNullable().primary()
      table.string('workspace_id', 32).notNullable().references('workspaces.id')
      table.string('token', 32).notNullable()
      table.string('plan_version', 32).notNullable()
      table.string('message_version', 32)
      table.bigInteger('taken_at_ms').notNullable()
      table.index(['workspace_id', 'taken_at_ms'], 'previews_of_workspace')
    })
    await createTable('previewed_members', (table) => {
      table.string('campaign_id', 32).notNullable()
      table.string('customer_id', 32).notNullable()
      table.primary(['campaign_id', 'customer_id'])
    })
  },
}
