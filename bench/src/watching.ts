/** How the pages that people watch answer while a campaign is sent, and how much that slows the sending. */

import { databasesNamed } from './audiences/bench-database.ts'
import { readSize, readText } from './measuring/arguments.ts'
import { measureWatching } from './watching/measure-watching.ts'

await measureWatching({
  databases: databasesNamed(readText('databases') ?? 'sqlite,mariadb'),
  messages: readSize('messages', 100_000),
  rounds: readSize('rounds', 1),
})
