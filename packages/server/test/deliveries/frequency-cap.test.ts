import { defaultPolicy } from '@muster/delivery-core'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { chunksOf } from '../../src/database/insert-rows.ts'
import { openerFor } from './open-database-store.ts'

const people = 20

/** What each asks for in one transaction: a message of its own, or several people of both campaigns in no order. */
const batches = [1, 7]

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the frequency cap on ${database.title}`, () => {
    it.each(batches)('holds between two campaigns whose workers ask at the same instant, %i at once', async (size) => {
      const store = await openerFor(database)(defaultPolicy)
      await store.limitMessages(1, 7)
      const first = await store.launch(people)
      const second = await store.launch(people, { sameAs: first })
      const claimed = await store.messages.claim({ limit: 2 * people, leaseMs: 30_000 })
      const intents = claimed.map(({ messageId, token, epoch }) => ({ messageId, token, epoch, body: 'Hello' }))
      // Many small transactions, in no order, so that the two messages of a person meet in as many ways as there are.
      const mixed = intents.map((_, index) => intents[(index * 17) % intents.length]!)
      const asked = chunksOf(mixed, size).map((some) => store.messages.begin(some, 30_000))
      const permitted = (await Promise.all(asked)).flat().filter(({ kind }) => kind === 'permitted')
      expect(permitted).toHaveLength(people)
      const all = [...(await store.look(first)), ...(await store.look(second))]
      expect(all.filter(({ failureCode }) => failureCode === 'FREQUENCY_CAP')).toHaveLength(people)
      await store.close()
    })
  })
}
