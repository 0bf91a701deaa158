import { defaultPolicy } from '@muster/delivery-core'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { openerFor } from './open-database-store.ts'

const people = 20

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the frequency cap on ${database.title}`, () => {
    it('holds between two campaigns whose workers ask at the same instant', async () => {
      const store = await openerFor(database)(defaultPolicy)
      await store.limitMessages(1, 7)
      const first = await store.launch(people)
      const second = await store.launch(people, { sameAs: first })
      const claimed = await store.messages.claim({ limit: 2 * people, leaseMs: 30_000 })
      const intents = claimed.map(({ messageId, token, epoch }) => ({ messageId, token, epoch, body: 'Hello' }))
      // Many small transactions, in no order, so that the two messages of a person meet in as many ways as there are.
      const asked = intents.map((intent) => store.messages.begin([intent], 30_000))
      const permitted = (await Promise.all(asked)).flat().filter(({ kind }) => kind === 'permitted')
      expect(permitted).toHaveLength(people)
      const all = [...(await store.look(first)), ...(await store.look(second))]
      expect(all.filter(({ failureCode }) => failureCode === 'FREQUENCY_CAP')).toHaveLength(people)
      await store.close()
    })
  })
}
