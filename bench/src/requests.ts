/** Requests per second of a real server, beside bare Koa routes that ask the same of the same database. */

import { databasesNamed } from './audiences/bench-database.ts'
import { readSize, readText } from './measuring/arguments.ts'
import { measureRequests } from './requests/measure-requests.ts'

await measureRequests({
  databases: databasesNamed(readText('databases') ?? 'sqlite,mariadb'),
  customers: readSize('customers', 100_000),
  rounds: readSize('rounds', 3),
  seconds: readSize('seconds', 5),
})
