import type { Migration, Schema } from './migration.ts'

/**
 * What a workspace declares about its customers, which customer has which value, and who agreed to what, when.
 *
 * Values stay in the JSON column `customers.attributes`. `customer_attributes` is the index that such a column lacks: it
 * answers rules and lists by a value, and whether an attribute has any, without opening the JSON of every customer.
 * Its key is bounded by what InnoDB takes in an index (3,072 bytes), hence texts of at most 200 code points.
 */
export const attributesAndConsentHistory: Migration = {
  name: '0008-attributes-and-consent-history',
  up: async (schema) => {
    await createAttributes(schema)
    await createConsentChanges(schema)
    await schema.knex.schema.alterTable('customers', (table) => {
      table.index(['workspace_id', 'visit_count', 'id'], 'customers_by_visits')
    })
  },
}

async function createAttributes({ createTable }: Schema): Promise<void> {
  await createTable('attributes', (table) => {
    table.string('workspace_id', 32).notNullable().references('workspaces.id')
    table.string('name', 64).notNullable()
    table.string('name_folded', 64).notNullable()
    table.string('label', 100).notNullable()
    table.string('type', 16).notNullable()
    table.text('choices', 'mediumtext').notNullable()
    table.integer('decimals').notNullable()
    table.bigInteger('created_at_ms').notNullable()
    table.bigInteger('updated_at_ms').notNullable()
    table.primary(['workspace_id', 'name'])
    table.unique(['workspace_id', 'name_folded'])
  })
  await createTable('customer_attributes', (table) => {
    table.string('workspace_id', 32).notNullable()
    table.string('customer_id', 32).notNullable()
    table.string('name', 64).notNullable()
    table.string('value_key', 600).notNullable()
    table.decimal('number_value', 24, 6)
    table.primary(['workspace_id', 'customer_id', 'name'])
    table.index(['workspace_id', 'name', 'value_key', 'customer_id'], 'customers_by_attribute')
    table.index(['workspace_id', 'name', 'number_value', 'customer_id'], 'customers_by_attribute_number')
    table
      .foreign(['workspace_id', 'customer_id'])
      .references(['workspace_id', 'id'])
      .inTable('customers')
      .onDelete('CASCADE')
  })
}

/** Personal data: it goes with the customer. What was agreed before this table existed is its first line. */
async function createConsentChanges({ knex, createTable }: Schema): Promise<void> {
  await createTable('consent_changes', (table) => {
    table.string('id', 32).notNullable().primary()
    table.string('workspace_id', 32).notNullable()
    table.string('customer_id', 32).notNullable()
    table.boolean('email_consent')
    table.string('source', 100).notNullable()
    table.string('changed_by', 32)
    table.bigInteger('changed_at_ms').notNullable()
    table.index(['workspace_id', 'customer_id', 'changed_at_ms'], 'consent_changes_of_customer')
    table
      .foreign(['workspace_id', 'customer_id'])
      .references(['workspace_id', 'id'])
      .inTable('customers')
      .onDelete('CASCADE')
  })
  await knex.raw(`
    insert into consent_changes (id, workspace_id, customer_id, email_consent, source, changed_by, changed_at_ms)
    select id, workspace_id, id, email_consent, coalesce(consent_source, 'api'), null, coalesce(consent_at_ms, created_at_ms)
    from customers where email_consent is not null`)
}
