import type { Migration } from './migration.ts'

/**
 * Whom a workspace tells of what happens, what happened, and how telling it went.
 *
 * An event's id says what it is about, such as `message.delivered.` and the message's id: whatever is reported twice
 * inside, is told once. Events are written only where somebody listens, in the transaction of what happened.
 */
export const webhooks: Migration = {
  name: '0012-webhooks',
  up: async ({ createTable }) => {
    await createTable('webhook_endpoints', (table) => {
      table.string('id', 32).notNullable().primary()
      table.string('workspace_id', 32).notNullable().references('workspaces.id')
      table.text('url').notNullable()
      table.text('kinds').notNullable()
      table.text('sealed_secret').notNullable()
      table.boolean('is_active').notNullable()
      table.string('stopped_because', 64)
      table.string('created_by', 32).notNullable()
      table.bigInteger('created_at_ms').notNullable()
      table.bigInteger('updated_at_ms').notNullable()
      table.index(['workspace_id', 'created_at_ms'])
    })
    await createTable('webhook_events', (table) => {
      table.string('workspace_id', 32).notNullable()
      table.string('id', 160).notNullable()
      table.string('kind', 32).notNullable()
      table.text('payload').notNullable()
      table.bigInteger('occurred_at_ms').notNullable()
      table.primary(['workspace_id', 'id'])
      table.index(['occurred_at_ms'])
    })
    await createTable('webhook_deliveries', (table) => {
      table.string('endpoint_id', 32).notNullable().references('webhook_endpoints.id').onDelete('CASCADE')
      table.string('workspace_id', 32).notNullable()
      table.string('event_id', 160).notNullable()
      table.string('state', 16).notNullable().checkIn(['waiting', 'delivered', 'failed'])
      table.integer('attempts').notNullable()
      table.bigInteger('due_at_ms')
      table.integer('response_status')
      table.string('failure', 200)
      table.bigInteger('created_at_ms').notNullable()
      table.bigInteger('updated_at_ms').notNullable()
      table.primary(['endpoint_id', 'event_id'])
      table.index(['due_at_ms', 'endpoint_id'])
      table.index(['endpoint_id', 'created_at_ms', 'event_id'])
    })
  },
}
