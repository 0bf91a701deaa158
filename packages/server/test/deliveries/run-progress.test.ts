import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { addCustomers, type OpenedForTest, openMigrated, workspaceId } from './open-database-store.ts'

/** How each database says that it needs the index and nothing else. */
const byIndexAlone = {
  sqlite: /COVERING INDEX messages_by_work/,
  mariadb: /Using index(?! condition)/,
  mysql: /Covering index lookup on messages using messages_by_work/,
}

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the books of runs on ${database.title}`, () => {
    let opened: OpenedForTest
    beforeAll(async () => {
      opened = await openMigrated(database)
      await addCustomers(
        opened.knex,
        'c',
        Array.from({ length: 200 }, (_, index) => `c${index}@x.example`),
      )
      await opened.knex.transaction((transaction) =>
        createRunStore(opened).launch(transaction, {
          runId: 'run',
          workspaceId,
          campaignId: 'campaign',
          campaignName: 'Campaign',
          launchKey: 'campaign',
          template: 'Hi',
          currency: 'USD',
          audience: opened.knex('customers').select({ customer_id: 'id', address: 'email' }),
          nowMs: 1,
          startAtMs: null,
        }),
      )
    })
    afterAll(() => opened?.close())

    it('fault 110: are counted by an index, without a look at any message', async () => {
      const asked: { sql: string; bindings: readonly string[] }[] = []
      const listen = (query: { sql: string; bindings: readonly string[] }) => asked.push(query)
      opened.reads.on('query', listen)
      const books = await createRunStore(opened).progress(workspaceId, ['run'])
      opened.reads.removeListener('query', listen)
      expect(books.get('run')).toMatchObject({ audience: 200, isBalanced: true })
      const count = asked.find(({ sql }) => sql.includes('count(*)'))
      if (count === undefined) throw new Error('Nothing was counted')
      const explain = opened.dialect === 'sqlite' ? 'explain query plan' : 'explain'
      const answer: unknown = await opened.reads.raw(`${explain} ${count.sql}`, [...count.bindings])
      const steps = JSON.stringify(opened.dialect === 'sqlite' ? answer : Object(answer)[0])
      expect(steps).toMatch(byIndexAlone[opened.dialect])
    })
  })
}
