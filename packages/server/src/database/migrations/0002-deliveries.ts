import type { Knex } from 'knex'
import type { Migration, Schema } from './migration.ts'

/**
 * Runs, their messages, attempts and receipts, whom not to write to, and what the simulated vendor remembers.
 *
 * What we did with a message (`dispatch`) and what the vendor says of it (`delivery`) are two columns and are never
 * mixed. `due_at_ms` is when something must next be done with a row, whatever its state, so that one index serves
 * claims, lapsed leases, overdue doubts and missing receipts, and counts a run without reading its rows.
 */
export const deliveries: Migration = {
  name: '0002-deliveries',
  up: async (schema) => {
    await createRuns(schema)
    await createMessages(schema)
    await createReceipts(schema)
    await createAccountsAndSuppressions(schema)
    await createSimulatedVendor(schema)
    await createCustomerMessages(schema)
  },
}

async function createRuns({ createTable }: Schema): Promise<void> {
  await createTable('runs', (table) => {
    table.string('id', 32).notNullable().primary()
    table.string('workspace_id', 32).notNullable().references('workspaces.id')
    table.string('campaign_id', 32).notNullable()
    table.string('campaign_name', 200).notNullable()
    table.string('campaign_name_folded', 600).notNullable()
    table.string('launch_key', 100).notNullable()
    table.string('account', 64).notNullable()
    table.string('state', 16).notNullable()
    table.string('pause_reason', 32)
    table.bigInteger('epoch').notNullable()
    table.text('template', 'mediumtext').notNullable()
    table.string('currency', 3).notNullable()
    table.bigInteger('audience').notNullable()
    table.bigInteger('deduplicated').notNullable()
    table.bigInteger('resent').notNullable()
    table.bigInteger('start_at_ms')
    table.bigInteger('heartbeat_at_ms').notNullable()
    table.bigInteger('ended_at_ms')
    table.bigInteger('settled_at_ms')
    table.string('told_state', 16)
    table.bigInteger('created_at_ms').notNullable()
    table.bigInteger('updated_at_ms').notNullable()
    table.unique(['workspace_id', 'launch_key'])
    table.index(['state', 'id'])
    table.index(['workspace_id', 'campaign_id', 'created_at_ms'])
  })
}

async function createMessages({ createTable }: Schema): Promise<void> {
  await createTable('messages', (table) => {
    table.string('id', 80).notNullable().primary()
    table.string('workspace_id', 32).notNullable()
    table.string('run_id', 32).notNullable().references('runs.id')
    table.string('campaign_id', 32).notNullable()
    table.string('customer_id', 32).notNullable()
    table.string('address', 254)
    table.integer('generation').notNullable()
    table.bigInteger('superseded_at_ms')
    table.integer('duplicates').notNullable()
    table.string('dispatch', 16).notNullable()
    table.string('delivery', 16).notNullable()
    table.integer('token').notNullable()
    table.bigInteger('due_at_ms')
    table.integer('attempts').notNullable()
    table.bigInteger('first_intent_at_ms')
    table.bigInteger('first_reached_at_ms')
    table.text('body', 'mediumtext')
    table.string('failure_code', 32)
    table.text('failure_reason')
    table.bigInteger('decided_at_ms')
    table.string('decided_by', 80)
    table.boolean('has_positive').notNullable()
    table.boolean('has_negative').notNullable()
    table.boolean('has_late_proof').notNullable()
    table.bigInteger('sent_at_ms')
    table.bigInteger('delivered_at_ms')
    table.bigInteger('failed_at_ms')
    table.bigInteger('opened_at_ms')
    table.bigInteger('clicked_at_ms')
    table.bigInteger('complained_at_ms')
    table.bigInteger('unsubscribed_at_ms')
    table.bigInteger('created_at_ms').notNullable()
    table.bigInteger('updated_at_ms').notNullable()
    table.unique(['run_id', 'address', 'generation'], { indexName: 'messages_once_an_address' })
    table.unique(['run_id', 'customer_id', 'generation'], { indexName: 'messages_once_a_customer' })
    table.index(['run_id', 'dispatch', 'delivery', 'due_at_ms', 'id'], 'messages_by_work')
    table.index(['campaign_id', 'created_at_ms', 'id'], 'messages_listed')
    table.index(['workspace_id', 'customer_id', 'created_at_ms'], 'messages_of_customer')
  })
  await createTable('attempts', (table) => {
    table.string('message_id', 80).notNullable().references('messages.id')
    table.integer('number').notNullable()
    table.integer('token').notNullable()
    table.string('account', 64).notNullable()
    table.string('result', 16).notNullable()
    table.string('code', 32)
    table.text('reason')
    table.string('vendor_message_id', 200)
    table.string('idempotency_key', 81).notNullable()
    table.string('body_hash', 64).notNullable()
    table.bigInteger('started_at_ms').notNullable()
    table.bigInteger('ended_at_ms')
    table.primary(['message_id', 'number'])
    table.index(['account', 'vendor_message_id'], 'attempts_by_vendor_id')
  })
}

async function createReceipts({ createTable }: Schema): Promise<void> {
  await createTable('receipt_inbox', (table) => {
    table.bigIncrements('id')
    receipt(table)
  })
  await createTable('receipts', (table) => {
    table.string('account', 64).notNullable()
    table.string('receipt_key', 80).notNullable()
    table.string('place', 16).notNullable()
    table.string('joined_message_id', 80)
    table.bigInteger('seen').notNullable()
    receipt(table, { hasAccount: true })
    table.primary(['account', 'receipt_key'])
    table.index(['place', 'received_at_ms'], 'receipts_by_place')
    table.index(['joined_message_id'], 'receipts_of_message')
  })
}

/** What a receipt says, as it came. */
function receipt(table: Knex.CreateTableBuilder, { hasAccount = false } = {}): void {
  if (!hasAccount) table.string('account', 64).notNullable()
  table.string('receipt_id', 200)
  table.string('message_id', 200)
  table.string('vendor_message_id', 200)
  table.string('status', 64).notNullable()
  table.bigInteger('occurred_at_ms')
  table.text('reason')
  table.bigInteger('received_at_ms').notNullable()
}

async function createAccountsAndSuppressions({ createTable }: Schema): Promise<void> {
  await createTable('vendor_accounts', (table) => {
    table.string('account', 64).notNullable().primary()
    table.bigInteger('closed_until_ms')
    table.text('rates')
    table.bigInteger('updated_at_ms').notNullable()
  })
  await createTable('rate_slots', (table) => {
    table.string('account', 64).notNullable()
    table.bigInteger('window_ms').notNullable()
    table.bigInteger('slot').notNullable()
    table.bigInteger('starts').notNullable()
    table.primary(['account', 'window_ms', 'slot'])
  })
  await createTable('suppressions', (table) => {
    table.string('workspace_id', 32).notNullable().references('workspaces.id')
    table.string('address', 254).notNullable()
    table.string('reason', 64).notNullable()
    table.bigInteger('created_at_ms').notNullable()
    table.primary(['workspace_id', 'address'])
  })
}

/** Durable, because a vendor that forgets its keys when the program restarts would be no test of anything. */
async function createSimulatedVendor({ createTable }: Schema): Promise<void> {
  await createTable('simulated_vendor_messages', (table) => {
    table.string('idempotency_key', 200).notNullable().primary()
    table.string('message_id', 200).notNullable()
    table.string('vendor_message_id', 64).notNullable()
    table.string('customer_id', 200).notNullable()
    table.string('body_hash', 64).notNullable()
    table.integer('requests').notNullable()
    table.integer('deliveries').notNullable()
    table.bigInteger('accepted_at_ms').notNullable()
  })
  await createTable('simulated_vendor_receipts', (table) => {
    table.string('id', 64).notNullable().primary()
    table.string('message_id', 200).notNullable()
    table.string('vendor_message_id', 64).notNullable()
    table.string('receipt_id', 64).notNullable()
    table.string('status', 32).notNullable()
    table.text('error_message')
    table.bigInteger('occurred_at_ms').notNullable()
    table.bigInteger('due_at_ms')
    table.integer('tries').notNullable()
    table.index(['due_at_ms', 'id'], 'simulated_vendor_receipts_due')
  })
}

/** Messages in the words of rules and clients. The order of the branches is that of `wireStatus` in delivery-core. */
async function createCustomerMessages({ knex }: Schema): Promise<void> {
  await knex.raw(`
    create view customer_messages as
    select m.workspace_id, m.id, m.customer_id, m.campaign_id, r.campaign_name, r.campaign_name_folded,
      case
        when m.dispatch = 'ACCEPTED' then
          case m.delivery
            when 'failed' then 'FAILED' when 'bounced' then 'BOUNCED'
            when 'delivered' then 'DELIVERED' when 'read' then 'DELIVERED'
            else 'SENT' end
        when m.dispatch in ('PENDING', 'LEASED', 'SENDING', 'RETRY_WAIT', 'IN_DOUBT') then 'PENDING'
        when m.dispatch in ('SUPPRESSED', 'EXPIRED') then 'SKIPPED'
        when m.dispatch = 'CANCELLED' then 'CANCELLED'
        else 'FAILED' end as status,
      m.sent_at_ms, m.delivered_at_ms, m.opened_at_ms, m.clicked_at_ms
    from messages m join runs r on r.id = m.run_id`)
}
