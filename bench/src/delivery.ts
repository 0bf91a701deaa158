/** Sending, receipts, snapshots and memory of a real server, beside what is needed at the least. */

import { databasesNamed } from './audiences/bench-database.ts'
import { measureDelivery } from './delivery/measure-delivery.ts'
import { readSize, readText } from './measuring/arguments.ts'

await measureDelivery({
  databases: databasesNamed(readText('databases') ?? 'sqlite,mariadb'),
  messages: readSize('messages', 10_000),
  recipients: readSize('recipients', 100_000),
  rounds: readSize('rounds', 3),
  parts: readText('parts')?.split(',') ?? [],
})
