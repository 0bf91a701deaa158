import type { Migration } from './migration.ts'

/**
 * What is counted of orders and customers by the workspace's days, and which hours have changed since.
 *
 * Every row here follows from orders and customers and may be thrown away: a workspace without a `figure_states` row
 * is counted anew. Hence no foreign keys. Changes are only ever added, by whoever changes orders, and taken away by
 * whoever counts: writers neither wait for each other nor for readers. They name hours in UTC, so that whoever writes
 * an order needs no time zone.
 */
export const dailyFigures: Migration = {
  name: '0009-daily-figures',
  up: async ({ createTable }) => {
    await createTable('figure_changes', (table) => {
      table.bigIncrements('id')
      table.string('workspace_id', 32).notNullable()
      table.text('hours').notNullable()
      table.index(['workspace_id', 'id'], 'figure_changes_of_workspace')
    })
    await createTable('figure_states', (table) => {
      table.string('workspace_id', 32).notNullable().primary()
      table.string('time_zone', 64).notNullable()
      table.bigInteger('revision').notNullable()
      table.bigInteger('rebuild_from_ms')
    })
    await createTable('daily_orders', (table) => {
      table.string('workspace_id', 32).notNullable()
      table.integer('day').notNullable()
      table.string('status', 16).notNullable()
      table.bigInteger('orders').notNullable()
      table.bigInteger('total_minor').notNullable()
      table.primary(['workspace_id', 'day', 'status'])
    })
    await createTable('daily_customers', (table) => {
      table.string('workspace_id', 32).notNullable()
      table.integer('day').notNullable()
      table.bigInteger('new_customers').notNullable()
      table.primary(['workspace_id', 'day'])
    })
    await createTable('daily_products', (table) => {
      table.string('workspace_id', 32).notNullable()
      table.integer('day').notNullable()
      table.string('product_name_folded', 600).notNullable()
      table.string('product_name', 200).notNullable()
      table.bigInteger('orders').notNullable()
      table.bigInteger('completed_orders').notNullable()
      table.bigInteger('units').notNullable()
      table.bigInteger('revenue_minor').notNullable()
      table.primary(['workspace_id', 'day', 'product_name_folded'])
    })
  },
}
