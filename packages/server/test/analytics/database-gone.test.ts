import { expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { connect, disconnect } from '../../src/database/connect.ts'
import { openMuster } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])

/** As little as a lost database leaves: the session is still found, the figures are not. */
const gone = ['messages', 'orders', 'customers', 'campaigns']

it('fault 85: figures that cannot be read are a failure, never made up, in development too', async () => {
  const muster = await openMuster(sqlite!, { NODE_ENV: 'development' })
  try {
    const owner = await muster.register()
    const database = await connect(muster.databaseUrl)
    await database.knex.raw('pragma foreign_keys = off')
    for (const table of gone) await database.knex.raw(`alter table ${table} rename to lost_${table}`)
    await disconnect(database)
    for (const path of ['/api/analytics/dashboard', '/api/analytics/customers', '/api/orders/analytics/stats']) {
      const answer = await owner.get(path)
      expect([path, answer.status, answer.at('success'), answer.at('data')]).toEqual([path, 500, false, undefined])
    }
  } finally {
    await muster.stop()
  }
})
