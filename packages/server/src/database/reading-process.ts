import { setPriority } from 'node:os'
import Sqlite from 'better-sqlite3'
import { addSlotFunction } from './stable-slot.ts'

/** What the server asks of this process. */
export type ReadingRequest =
  | { readonly kind: 'begin' | 'end' }
  | { readonly kind: 'ask'; readonly sql: string; readonly values: readonly unknown[] }

/** What it answers, one answer for each request. */
export type ReadingAnswer =
  | { readonly ok: true; readonly rows: readonly unknown[] }
  | { readonly ok: false; readonly message: string }

/**
 * A process of its own that reads a database file for the server, started by `sqlite-reads.ts` with the file's path:
 * one that can be killed in the middle of a question. It can write nothing, and yields to the server.
 */
const [, , path] = process.argv
if (path === undefined || process.send === undefined) throw new Error('This process is started by the server')
setPriority(10)
const database = new Sqlite(path, { readonly: true, fileMustExist: true })
for (const setting of ['busy_timeout = 10000', 'trusted_schema = off', 'query_only = on', 'cache_size = -65536'])
  database.pragma(setting)
addSlotFunction(database)

process.on('message', (request: ReadingRequest) => process.send?.(answerTo(request)))
process.on('disconnect', () => process.exit())

function answerTo(request: ReadingRequest): ReadingAnswer {
  try {
    if (request.kind === 'ask') return { ok: true, rows: database.prepare(request.sql).all(...request.values) }
    // One state of the data for all questions between the two.
    database.exec(request.kind === 'begin' ? 'begin' : 'commit')
    return { ok: true, rows: [] }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
