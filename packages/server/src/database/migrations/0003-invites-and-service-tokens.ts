import type { Knex } from 'knex'
import type { Migration } from './migration.ts'

/** How people and machines are let into a workspace. Their secrets are stored as hashes only. */
export const invitesAndServiceTokens: Migration = {
  name: '0003-invites-and-service-tokens',
  up: async ({ createTable }) => {
    await createTable('invites', (table) => {
      keyToWorkspace(table)
      table.string('role', 16).notNullable().checkIn(['owner', 'marketer', 'viewer'])
      table.string('email_folded', 254)
      table.bigInteger('expires_at_ms').notNullable()
      table.string('accepted_by', 32)
      table.bigInteger('accepted_at_ms')
    })
    await createTable('service_tokens', (table) => {
      keyToWorkspace(table)
      table.string('role', 16).notNullable().checkIn(['marketer', 'viewer'])
      table.string('name', 100).notNullable()
      table.bigInteger('expires_at_ms')
      table.bigInteger('last_used_at_ms')
    })
  },
}

function keyToWorkspace(table: Knex.CreateTableBuilder): void {
  table.string('id', 32).notNullable().primary()
  table.string('workspace_id', 32).notNullable().references('workspaces.id')
  table.string('secret_hash', 64).notNullable()
  table.string('created_by', 32).notNullable()
  table.bigInteger('created_at_ms').notNullable()
  table.bigInteger('revoked_at_ms')
  table.unique(['secret_hash'])
}
