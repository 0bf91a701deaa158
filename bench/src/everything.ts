/** Everything in a few minutes: predicates, compiling, and audiences of a small shop in every database that is there. */

import { databaseNames } from './audiences/bench-database.ts'
import { measureAudiences } from './audiences/measure-audiences.ts'
import { measureCompiling } from './compiling/measure-compiling.ts'
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
