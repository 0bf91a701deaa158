import { defaultPolicy } from '@muster/delivery-core'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createMessageStore } from '../../src/deliveries/message-store.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { suppressAddresses } from '../../src/deliveries/suppress-addresses.ts'
import { addCustomers, openMigrated, workspaceId } from './open-database-store.ts'

// SQLite has one writer: there, whoever suppresses is through before a permit begins.
for (const database of testDatabases(['mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`a permit on ${database.title}`, () => {
    it('waits for whoever holds the customer, and sees the suppression that was committed meanwhile', async () => {
      const opened = await openMigrated(database)
      const { knex } = opened
      const address = 'p0@example.com'
      await addCustomers(knex, 'c', [address])
      await knex.transaction((transaction) =>
        createRunStore(opened).launch(transaction, {
          runId: 'run',
          workspaceId,
          campaignId: 'campaign',
          campaignName: 'Campaign',
          launchKey: 'run',
          template: 'Hi {name}',
          currency: 'USD',
          audience: knex('customers').select('customers.id as customer_id', 'customers.email as address'),
          startAtMs: null,
          closesAtMs: null,
          nowMs: 0,
        }),
      )
      const store = createMessageStore(opened, defaultPolicy)
      const [claimed] = await store.claim({ limit: 1, leaseMs: 30_000 })
      const { messageId, token, epoch } = claimed!
      const holder = await knex.transaction()
      await holder('customers').where('id', 'c-0').forUpdate().select('id')
      const asked = store.begin([{ messageId, token, epoch, body: 'Hi' }], 30_000)
      const waiting = async () => {
        const [rows] = await knex.raw(
          "select count(*) as n from information_schema.innodb_trx where trx_state = 'LOCK WAIT'",
        )
        return Number(rows[0].n)
      }
      // The server shows the same picture again to whoever looks more often than ten times a second.
      try {
        await expect.poll(waiting, { timeout: 10_000, interval: 200 }).toBe(1)
        await suppressAddresses(holder, [{ workspaceId, address }], 'operator', 0)
      } finally {
        await holder.commit()
      }
      expect(await asked).toEqual([{ messageId, kind: 'refused' }])
      expect(await knex('attempts').select()).toEqual([])
      await opened.close()
    })
  })
}
