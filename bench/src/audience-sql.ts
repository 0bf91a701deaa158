/** Audiences counted by databases: the SQL of segment-core beside all other ways to write it. */

import { databaseNames, databasesNamed } from './audiences/bench-database.ts'
import { measureAudiences } from './audiences/measure-audiences.ts'
import { readSize, readText } from './measuring/arguments.ts'

const customers = readSize('customers', 100_000)

await measureAudiences({
  customers,
  orders: readSize('orders', customers * 5),
  databases: databasesNamed(readText('databases') ?? databaseNames.join(',')),
  rounds: readSize('rounds', 5),
  sample: readSize('sample', 20),
  mostMs: readSize('most-ms', 30_000),
})
