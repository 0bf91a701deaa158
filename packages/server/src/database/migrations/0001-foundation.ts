import type { Knex } from 'knex'
import type { Migration, Schema } from './migration.ts'

/**
 * Accounts, customers, orders, segments and campaigns.
 *
 * Every business row names its workspace, and children refer to (workspace, id), so that the database itself
 * refuses a child of another workspace. History does not refer to customers: an order or a message outlives
 * its customer, whose personal data is erased while past revenue and results stay as they were.
 * A folded text may be longer than its text (one code point becomes three at most), hence the threefold room;
 * an e-mail address is refused at the door when its folded form is longer than 254.
 */
export const foundation: Migration = {
  name: '0001-foundation',
  up: async (schema) => {
    await createAccounts(schema)
    await createCustomers(schema)
    await createOrders(schema)
    await createStatusChanges(schema)
    await createSegmentsAndCampaigns(schema)
    await schema.createTable('installation', (table) => {
      table.string('name', 64).notNullable().primary()
      table.text('value').notNullable()
    })
  },
}

async function createAccounts({ createTable }: Schema): Promise<void> {
  await createTable('workspaces', (table) => {
    table.string('id', 32).notNullable().primary()
    table.string('name', 200).notNullable()
    table.string('time_zone', 64).notNullable()
    table.string('currency', 3).notNullable()
    table.string('consent_policy', 16).notNullable().checkIn(['opt-out', 'opt-in'])
    table.bigInteger('created_at_ms').notNullable()
  })
  await createTable('users', (table) => {
    table.string('id', 32).notNullable().primary()
    table.string('email', 254).notNullable()
    table.string('email_folded', 254).notNullable()
    table.string('password_hash', 100)
    table.string('name', 200)
    table.text('avatar')
    table.string('google_id', 255)
    table.string('company', 200)
    moments(table)
    table.unique(['email_folded'])
    table.unique(['google_id'])
  })
  await createTable('memberships', (table) => {
    table.string('workspace_id', 32).notNullable().references('workspaces.id')
    table.string('user_id', 32).notNullable().references('users.id')
    table.string('role', 16).notNullable().checkIn(['owner', 'marketer', 'viewer'])
    table.bigInteger('created_at_ms').notNullable()
    table.primary(['user_id', 'workspace_id'])
  })
  await createTable('sessions', (table) => {
    table.string('id', 32).notNullable().primary()
    table.string('user_id', 32).notNullable().references('users.id')
    table.string('workspace_id', 32).notNullable().references('workspaces.id')
    table.bigInteger('created_at_ms').notNullable()
    table.bigInteger('expires_at_ms').notNullable()
    table.bigInteger('revoked_at_ms')
    table.index(['user_id', 'revoked_at_ms'])
  })
}

async function createCustomers({ createTable }: Schema): Promise<void> {
  await createTable('customers', (table) => {
    business(table)
    table.string('external_id', 255)
    table.string('email', 254).notNullable()
    table.string('email_folded', 254).notNullable()
    foldedText(table, 'name', 200).required()
    foldedText(table, 'phone', 64)
    foldedText(table, 'city', 100)
    foldedText(table, 'state', 100)
    foldedText(table, 'country', 100)
    table.string('gender', 16)
    table.string('birthday', 10)
    table.boolean('email_consent')
    table.string('consent_source', 100)
    table.bigInteger('consent_at_ms')
    table.bigInteger('opening_spending_minor').notNullable()
    table.bigInteger('opening_visits').notNullable()
    table.bigInteger('opening_last_visit_at_ms')
    table.bigInteger('total_spending_minor').notNullable()
    table.bigInteger('order_count').notNullable()
    table.bigInteger('visit_count').notNullable()
    table.bigInteger('last_visit_at_ms')
    table.text('attributes', 'longtext').notNullable()
    table.text('attributes_folded', 'longtext').notNullable()
    moments(table)
    table.unique(['workspace_id', 'email_folded'])
    table.unique(['workspace_id', 'external_id'])
    table.index(['workspace_id', 'created_at_ms', 'id'])
    table.index(['workspace_id', 'name_folded', 'id'])
    table.index(['workspace_id', 'total_spending_minor', 'id'])
    table.index(['workspace_id', 'city_folded', 'total_spending_minor'])
    table.index(['workspace_id', 'last_visit_at_ms', 'visit_count'])
  })
  await createTable('customer_tags', (table) => {
    table.string('workspace_id', 32).notNullable()
    table.string('customer_id', 32).notNullable()
    foldedText(table, 'tag', 100).required()
    table.primary(['workspace_id', 'customer_id', 'tag_folded'])
    table.index(['workspace_id', 'tag_folded', 'customer_id'])
    table
      .foreign(['workspace_id', 'customer_id'])
      .references(['workspace_id', 'id'])
      .inTable('customers')
      .onDelete('CASCADE')
  })
}

/**
 * Two wide indexes on orders answer rules and lists: a narrow one beside them misleads the optimizer, five to
 * forty times slower, and each further one is a fifth of an import's time.
 */
async function createOrders({ createTable }: Schema): Promise<void> {
  await createTable('orders', (table) => {
    business(table)
    table.string('external_id', 255)
    table.string('customer_id', 32).notNullable()
    table.bigInteger('total_minor').notNullable()
    table.string('status', 16).notNullable().checkIn(['PENDING', 'PROCESSING', 'COMPLETED', 'CANCELLED'])
    table.text('notes')
    moments(table)
    table.unique(['workspace_id', 'external_id'])
    table.index(['workspace_id', 'customer_id', 'created_at_ms', 'status', 'total_minor'], 'orders_by_customer')
    table.index(['workspace_id', 'created_at_ms', 'id', 'customer_id', 'status', 'total_minor'], 'orders_by_time')
  })
  await createTable('order_items', (table) => {
    table.string('id', 32).notNullable().primary()
    table.string('workspace_id', 32).notNullable()
    table.string('order_id', 32).notNullable()
    table.integer('position').notNullable()
    foldedText(table, 'product_name', 200).required()
    foldedText(table, 'category', 100)
    table.bigInteger('quantity').notNullable()
    table.bigInteger('price_minor').notNullable()
    table.unique(['workspace_id', 'order_id', 'position'])
    table.index(['workspace_id', 'category_folded', 'order_id'])
    table.foreign(['workspace_id', 'order_id']).references(['workspace_id', 'id']).inTable('orders').onDelete('CASCADE')
  })
}

/** Who changed which order's status and when; kept when the order goes. */
async function createStatusChanges({ createTable }: Schema): Promise<void> {
  await createTable('order_status_changes', (table) => {
    table.string('id', 32).notNullable().primary()
    table.string('workspace_id', 32).notNullable()
    table.string('order_id', 32).notNullable()
    table.string('from_status', 16).notNullable()
    table.string('to_status', 16).notNullable()
    table.string('changed_by', 32).notNullable()
    table.bigInteger('changed_at_ms').notNullable()
    table.index(['workspace_id', 'order_id', 'changed_at_ms'], 'order_status_changes_of_order')
  })
}

async function createSegmentsAndCampaigns({ createTable }: Schema): Promise<void> {
  await createTable('segments', (table) => {
    business(table)
    table.string('name', 200).notNullable()
    table.text('description')
    table.text('rules', 'longtext').notNullable()
    table.text('rule', 'longtext').notNullable()
    table.bigInteger('size').notNullable()
    table.bigInteger('measured_at_ms').notNullable()
    table.string('created_by', 32).notNullable()
    moments(table)
    table.unique(['workspace_id', 'name'])
  })
  await createTable('campaigns', (table) => {
    business(table)
    table.string('created_by', 32).notNullable()
    table.string('name', 200).notNullable()
    table.text('description')
    table.text('searchable_folded', 'mediumtext').notNullable()
    table.text('rules', 'longtext').notNullable()
    table.text('rule', 'longtext').notNullable()
    table.bigInteger('audience_size').notNullable()
    table.bigInteger('audience_measured_at_ms')
    table.string('status', 16).notNullable().checkIn(['DRAFT', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED'])
    table.text('message', 'mediumtext')
    table.bigInteger('scheduled_at_ms')
    table.bigInteger('launched_at_ms')
    table.bigInteger('completed_at_ms')
    moments(table)
    table.index(['workspace_id', 'created_at_ms', 'id'])
    table.index(['workspace_id', 'status'])
  })
}

function business(table: Knex.CreateTableBuilder): void {
  table.string('id', 32).notNullable().primary()
  table.string('workspace_id', 32).notNullable().references('workspaces.id')
  table.unique(['workspace_id', 'id'])
}

function moments(table: Knex.CreateTableBuilder): void {
  table.bigInteger('created_at_ms').notNullable()
  table.bigInteger('updated_at_ms').notNullable()
}

/** A text that rules compare, and beside it the folded text that they compare it by. */
function foldedText(table: Knex.CreateTableBuilder, column: string, length: number): { required(): void } {
  const text = table.string(column, length)
  const foldedText = table.string(`${column}_folded`, length * 3)
  return {
    required: () => {
      text.notNullable()
      foldedText.notNullable()
    },
  }
}
