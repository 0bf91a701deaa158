import type { Migration } from './migration.ts'

/**
 * What people did with a message: one row for each message and kind, however often, so that a storm of opens stays as
 * small as the audience. An open by a machine, such as a mail provider's proxy, is kept apart: it says nothing of the
 * person. Clicks keep the address that was clicked first.
 */
export const engagements: Migration = {
  name: '0011-engagements',
  up: async ({ createTable }) => {
    await createTable('engagements', (table) => {
      table.string('workspace_id', 32).notNullable().references('workspaces.id')
      table.string('message_id', 80).notNullable()
      table.string('customer_id', 32).notNullable()
      table.string('campaign_id', 32).notNullable()
      table.string('kind', 16).notNullable().checkIn(['open', 'click', 'unsubscribe', 'complaint'])
      table.boolean('is_machine').notNullable()
      table.text('url')
      table.bigInteger('times').notNullable()
      table.bigInteger('first_at_ms').notNullable()
      table.bigInteger('last_at_ms').notNullable()
      table.primary(['message_id', 'kind', 'is_machine'])
      table.index(['workspace_id', 'kind', 'is_machine', 'first_at_ms'], 'engagements_by_time')
      table.index(['campaign_id', 'kind', 'is_machine'], 'engagements_of_campaign')
    })
  },
}
