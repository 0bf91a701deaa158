import { defaultPolicy, type RawReceipt } from '@muster/delivery-core'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createMessageStore } from '../../src/deliveries/message-store.ts'
import { createReceiptStore } from '../../src/deliveries/receipt-store.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { addCustomers, openMigrated, workspaceId } from './open-database-store.ts'

const startMs = Date.UTC(2026, 0, 1)

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`receipts after the horizon, on ${database.title}`, () => {
    it('change no figure any more, and still keep us from writing again', async () => {
      const opened = await openMigrated(database)
      let nowMs = startMs
      const instant = async () => nowMs
      const messages = createMessageStore(opened, defaultPolicy, instant)
      const receipts = createReceiptStore(opened, defaultPolicy, instant)
      await addCustomers(opened.knex, 'c', ['a@x.example', 'b@x.example'])
      const audience = opened.knex('customers').select({ customer_id: 'id', address: 'email' })
      await opened.knex.transaction((transaction) =>
        createRunStore(opened).launch(transaction, {
          runId: 'run',
          workspaceId,
          campaignId: 'campaign',
          campaignName: 'Spring',
          launchKey: 'campaign',
          template: 'Hi',
          currency: 'USD',
          audience,
          nowMs,
          startAtMs: null,
        }),
      )
      const claimed = await messages.claim({ limit: 10, leaseMs: 30_000 })
      const intents = claimed.map(({ messageId, token, epoch }) => ({ messageId, token, epoch, body: 'Hi' }))
      await messages.begin(intents, 30_000)
      const nothing = {
        code: null,
        reason: '',
        vendorMessageId: null,
        waitMs: null,
        pause: null,
        retryInMs: 0,
      } as const
      await messages.record(
        claimed.map(({ messageId, token }) => ({ ...nothing, messageId, token, result: 'accepted' })),
      )
      nowMs += defaultPolicy.receiptHorizonMs + 60_000
      const say = ({ messageId }: { messageId: string }, status: string): RawReceipt => ({
        account: 'default',
        receiptId: null,
        messageId,
        vendorMessageId: null,
        status,
        occurredAtMs: null,
        reason: null,
      })
      await receipts.append([say(claimed[0]!, 'COMPLAINED'), say(claimed[1]!, 'BOUNCED')])
      await receipts.fold(10)
      expect(await opened.knex('receipts').distinct('place')).toEqual([{ place: 'late' }])
      expect(await opened.knex('messages').distinct('dispatch', 'delivery')).toEqual([
        { dispatch: 'ACCEPTED', delivery: 'none' },
      ])
      const reasons = await opened.knex('suppressions').orderBy('reason').select('reason')
      expect(reasons.map(({ reason }) => reason)).toEqual(['complaint', 'hard_bounce'])
      await opened.close()
    })
  })
}
