import { defineCatalog } from '@muster/segment-core'

/** A small catalog of customers and their orders. */
export const shop = defineCatalog({
  root: 'customers',
  timeZone: 'Asia/Kolkata',
  currency: 'INR',
  entities: {
    customers: {
      table: 'customers',
      primaryKey: 'id',
      label: { one: 'customer', many: 'customers' },
      fields: {
        name: { type: 'text', column: 'name', required: true },
        email: { type: 'text', column: 'email', required: true },
        phone: { type: 'text', column: 'phone' },
        city: { type: 'text', column: 'city', knownValues: ['Zanzibar-Known-City'] },
        gender: {
          type: 'enum',
          column: 'gender',
          values: ['female', 'male'],
          words: { female: ['women'], male: ['men'] },
        },
        totalSpending: { type: 'money', column: 'total_spending', label: 'total spending', synonyms: ['spend'] },
        orderCount: { type: 'number', column: 'order_count', label: 'number of orders' },
        lastOrder: { type: 'date', column: 'last_order', stored: 'epochMs', label: 'last order', recordsPast: true },
        tags: { type: 'tags', table: 'customer_tags', ownerColumn: 'customer_id', column: 'tag' },
      },
      relations: { orders: { entity: 'orders', foreignKey: 'customer_id' } },
    },
    orders: {
      table: 'orders',
      primaryKey: 'id',
      label: { one: 'order', many: 'orders' },
      fields: {
        total: { type: 'money', column: 'total', required: true },
        status: { type: 'enum', column: 'status', values: ['PENDING', 'COMPLETED'], required: true },
        createdAt: { type: 'date', column: 'created_at', stored: 'epochMs', required: true, recordsPast: true },
      },
    },
  },
  english: {
    audience: ['customer', ['person', 'people']],
    activities: {
      ordering: {
        verbs: ['order', ['buy', 'bought']],
        nouns: ['order'],
        count: 'orderCount',
        records: { of: 'orders', date: 'createdAt', amount: 'total' },
      },
    },
    measures: {
      spending: {
        verbs: [['spend', 'spent']],
        field: 'totalSpending',
        records: {
          of: 'orders',
          aggregate: 'sum',
          field: 'total',
          where: { field: 'status', operator: '=', value: 'COMPLETED' },
          date: 'createdAt',
        },
      },
    },
    glossary: [{ words: ['vip'], means: { field: 'totalSpending', operator: '>=', value: 10000 } }],
    places: ['city'],
  },
})
