import type { Migration, Schema } from './migration.ts'

/**
 * Which addresses are known to belong to their account, when a session was last used, and a log of who did what.
 *
 * Accounts that exist have shown nothing about their address: they stay unverified. Of the log's chain each
 * workspace has one head, which is the row that appending locks.
 */
export const verifiedAddressesAndAuditLog: Migration = {
  name: '0007-verified-addresses-and-audit-log',
  up: async (schema) => {
    await schema.knex.schema.alterTable('users', (table) => {
      table.bigInteger('email_verified_at_ms')
    })
    await schema.knex.schema.alterTable('sessions', (table) => {
      table.bigInteger('last_used_at_ms')
    })
    await createAuditLog(schema)
  },
}

async function createAuditLog({ createTable }: Schema): Promise<void> {
  await createTable('audit_heads', (table) => {
    table.string('workspace_id', 32).notNullable().primary()
    table.integer('entries').notNullable()
    table.string('hash', 64).notNullable()
  })
  await createTable('audit_entries', (table) => {
    table.string('workspace_id', 32).notNullable()
    table.integer('number').notNullable()
    table.bigInteger('at_ms').notNullable()
    table.string('actor_id', 32).notNullable()
    table.string('machine_id', 32)
    table.string('action', 64).notNullable()
    table.string('subject_id', 64).notNullable()
    table.text('details').notNullable()
    table.string('hash', 64).notNullable()
    table.primary(['workspace_id', 'number'])
  })
}
