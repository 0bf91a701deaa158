import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect } from '../../src/database/connect.ts'
import { migrate } from '../../src/database/migrate.ts'

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(database.title, () => {
    it('has a view of messages that rules can ask', async () => {
      const opened = await database.open()
      const connected = await connect(opened.url)
      try {
        await migrate(connected, 0)
        expect(await connected.knex('customer_messages').count({ messages: '*' })).toEqual([{ messages: 0 }])
      } finally {
        await connected.knex.destroy()
        await opened.close()
      }
    })
  })
}
