import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { crmCatalog } from '../../src/catalog/index.ts'
import { connect } from '../../src/database/connect.ts'
import { migrate } from '../../src/database/migrate.ts'

const entities = Object.entries(crmCatalog.entities)

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the catalog on ${database.title}`, () => {
    it('names only tables and columns that are there', async () => {
      const opened = await database.open()
      const here = await connect(opened.url)
      try {
        await migrate(here, 1)
        for (const [name, entity] of entities) {
          const columns = [entity.primaryKey, entity.scopeColumn, ...Object.values(entity.fields).flatMap(ownColumns)]
          const asked = columns.flatMap((column) => column ?? [])
          await expect(here.knex(entity.table).select(asked).limit(1), name).resolves.toEqual([])
          for (const { entity: related, foreignKey } of Object.values(entity.relations ?? {})) {
            const { table } = crmCatalog.entities[related]!
            await expect(here.knex(table).select(foreignKey).limit(1)).resolves.toEqual([])
          }
        }
        await expect(here.knex('customer_tags').select('customer_id', 'tag', 'tag_folded').limit(1)).resolves.toEqual(
          [],
        )
      } finally {
        await here.knex.destroy()
        await opened.close()
      }
    })
  })
}

describe('the catalog', () => {
  it('limits every entity to a workspace', () => {
    expect(entities.map(([, { scopeColumn }]) => scopeColumn)).toEqual(entities.map(() => 'workspace_id'))
  })

  it('knows the fields that the rule language lists, and which are never missing', () => {
    const said = entities.map(([name, { fields }]) => {
      const required = Object.keys(fields).filter((field) => fields[field]?.required)
      return [name, Object.keys(fields).join(' '), required.join(' ')]
    })
    expect(said).toEqual([
      [
        'customers',
        'id name email phone city state country gender birthday tags emailConsent totalSpending orderCount visitCount lastVisit createdAt',
        'id name email totalSpending orderCount visitCount createdAt',
      ],
      ['orders', 'total status createdAt', 'total status createdAt'],
      ['items', 'productName category quantity price', 'productName quantity price'],
      [
        'messages',
        'campaignId campaignName status sentAt deliveredAt openedAt clickedAt',
        'campaignId campaignName status',
      ],
    ])
  })
})

function ownColumns(field: object): readonly unknown[] {
  if ('table' in field) return []
  return ['column' in field ? field.column : null, 'foldedColumn' in field ? field.foldedColumn : null]
}
