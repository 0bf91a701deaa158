import { defineCatalog } from '../../src/language/define-catalog.ts'

/** A catalog with every type in every kind of storage, two levels of relations and a scope. */
export const peopleCatalog = defineCatalog({
  root: 'people',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  entities: {
    people: {
      table: 'people',
      primaryKey: 'id',
      scopeColumn: 'workspace',
      label: { one: 'person', many: 'people' },
      fields: {
        id: { type: 'text', column: 'id', caseSensitive: true, required: true },
        name: { type: 'text', column: 'name', foldedColumn: 'name_folded' },
        city: { type: 'text', column: 'city', foldedColumn: 'city_folded' },
        code: { type: 'text', column: 'code', caseSensitive: true },
        gender: { type: 'enum', column: 'gender', values: ['female', 'male', 'Male', 'other'] },
        visits: { type: 'number', column: 'visits' },
        rating: { type: 'number', column: 'rating', decimals: 1 },
        spend: { type: 'money', column: 'spend_minor', minorUnits: true },
        credit: { type: 'money', column: 'credit' },
        active: { type: 'boolean', column: 'active' },
        birthday: { type: 'date', dayOnly: true, column: 'birthday', stored: 'isoText' },
        joinedOn: { type: 'date', dayOnly: true, column: 'joined_on', stored: 'datetime' },
        lastVisit: { type: 'date', column: 'last_visit_ms', stored: 'epochMs', recordsPast: true },
        seenAt: { type: 'date', column: 'seen_at', stored: 'datetime' },
        createdAt: { type: 'date', column: 'created_at', stored: 'isoText', required: true },
        tags: {
          type: 'tags',
          table: 'people_tags',
          ownerColumn: 'person_id',
          column: 'tag',
          foldedColumn: 'tag_folded',
        },
        labels: { type: 'tags', column: 'labels', foldedColumn: 'labels_folded' },
        plan: { type: 'text', json: { column: 'attributes', key: 'plan', foldedColumn: 'attributes_folded' } },
        key: { type: 'text', caseSensitive: true, json: { column: 'attributes', key: 'key' } },
        size: { type: 'enum', values: ['S', 'M', 'L'], json: { column: 'attributes', key: 'size' } },
        points: { type: 'number', json: { column: 'attributes', key: 'points' } },
        score: { type: 'number', decimals: 2, json: { column: 'attributes', key: 'score-2' } },
        budget: { type: 'money', json: { column: 'attributes', key: 'budget' } },
        vip: { type: 'boolean', json: { column: 'attributes', key: 'vip' } },
        wedding: { type: 'date', dayOnly: true, json: { column: 'attributes', key: 'wedding' } },
        renewal: { type: 'date', json: { column: 'attributes', key: 'renewal' } },
        hobbies: { type: 'tags', json: { column: 'attributes', key: 'hobbies', foldedColumn: 'attributes_folded' } },
      },
      relations: {
        orders: { entity: 'orders', foreignKey: 'person_id' },
        calls: { entity: 'calls', foreignKey: 'person_id', ownersExist: true },
      },
    },
    orders: {
      table: 'orders',
      primaryKey: 'id',
      scopeColumn: 'workspace',
      label: { one: 'order', many: 'orders' },
      fields: {
        total: { type: 'money', column: 'total_minor', minorUnits: true },
        paid: { type: 'money', column: 'paid' },
        weight: { type: 'number', column: 'weight', decimals: 3 },
        pieces: { type: 'number', column: 'pieces' },
        status: { type: 'enum', column: 'status', values: ['PENDING', 'COMPLETED', 'CANCELLED'] },
        note: { type: 'text', column: 'note', foldedColumn: 'note_folded' },
        gift: { type: 'boolean', column: 'gift' },
        createdAt: { type: 'date', column: 'created_at_ms', stored: 'epochMs', required: true },
        shippedAt: { type: 'date', column: 'shipped_at', stored: 'datetime' },
        dueOn: { type: 'date', dayOnly: true, column: 'due_on', stored: 'isoText' },
      },
      relations: { items: { entity: 'items', foreignKey: 'order_id' } },
    },
    items: {
      table: 'items',
      primaryKey: 'id',
      label: { one: 'item', many: 'items' },
      fields: {
        category: { type: 'text', column: 'category', foldedColumn: 'category_folded' },
        sku: { type: 'text', column: 'sku', caseSensitive: true },
        quantity: { type: 'number', column: 'quantity' },
        price: { type: 'money', column: 'price_minor', minorUnits: true },
      },
    },
    calls: {
      table: 'calls',
      primaryKey: 'id',
      scopeColumn: 'workspace',
      label: { one: 'call', many: 'calls' },
      fields: {
        minutes: { type: 'number', column: 'minutes' },
        at: { type: 'date', column: 'at', stored: 'isoText' },
        topics: { type: 'tags', column: 'topics', foldedColumn: 'topics_folded' },
      },
    },
  },
})

/** The scope whose rows are asked about; another one holds decoys. */
export const ours = 'ours'
