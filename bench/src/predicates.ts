/** Rules asked of customers in memory: segment-core beside code written by hand and four other engines. */

import { readSize } from './measuring/arguments.ts'
import { measurePredicates } from './predicates/measure-predicates.ts'

await measurePredicates({ rounds: readSize('rounds', 9) })
