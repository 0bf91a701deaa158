/** Everything in some minutes: predicates, compiling, audiences of a small shop in every database, and delivery. */

import { databaseNames } from './audiences/bench-database.ts'
import { measureAudiences } from './audiences/measure-audiences.ts'
import { measureCompiling } from './compiling/measure-compiling.ts'
import { measureDelivery } from './delivery/measure-delivery.ts'
import { readSize } from './measuring/arguments.ts'
import { say } from './measuring/print.ts'
import { measurePredicates } from './predicates/measure-predicates.ts'

const rounds = readSize('rounds', 5)
const customers = readSize('customers', 30_000)

say('Predicates')
await measurePredicates({ rounds })
say('\nParsing and compiling')
await measureCompiling({ rounds })
say('\nAudiences')
await measureAudiences({
  customers,
  orders: customers * 5,
  databases: databaseNames,
  rounds,
  sample: readSize('sample', 20),
  mostMs: 10_000,
})
say('\nDelivery')
await measureDelivery({ databases: ['sqlite', 'mariadb'], messages: 5_000, recipients: 50_000, rounds, parts: [] })
