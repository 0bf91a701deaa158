/** Figures of a large shop: from daily figures and from memory, beside the same questions asked of the rows. */

import { measureAnalytics } from './analytics/measure-analytics.ts'
import { databasesNamed } from './audiences/bench-database.ts'
import { readSize, readText } from './measuring/arguments.ts'

const customers = readSize('customers', 100_000)

await measureAnalytics({
  customers,
  orders: readSize('orders', customers * 5),
  databases: databasesNamed(readText('databases') ?? 'sqlite,mariadb'),
  rounds: readSize('rounds', 3),
})
