import { messageStoreContract } from '@muster/delivery-core/testing'
import { describe, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { openerFor } from './open-database-store.ts'

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the store in ${database.title}`, () => {
    for (const [promise, check] of Object.entries(messageStoreContract)) it(promise, () => check(openerFor(database)))
  })
}
