/** Audiences counted by databases: the SQL of segment-core beside all other ways to write it. */

import { type DatabaseName, databaseNames } from './audiences/bench-database.ts'
import { measureAudiences } from './audiences/measure-audiences.ts'
import { readSize, readText } from './measuring/arguments.ts'

const customers = readSize('customers', 100_000)

await measureAudiences({
  customers,
  orders: readSize('orders', customers * 5),
  databases: readNames(readText('databases')),
  rounds: readSize('rounds', 5),
  sample: readSize('sample', 20),
  mostMs: readSize('most-ms', 30_000),
})

/** `--databases sqlite,mariadb`; without it, all that are there. */
function readNames(text: string | undefined): readonly DatabaseName[] {
  if (text === undefined) return databaseNames
  return text.split(',').map((name) => {
    const found = databaseNames.find((known) => known === name)
    if (found === undefined) throw new Error(`"${name}" is none of ${databaseNames.join(', ')}`)
    return found
  })
}
