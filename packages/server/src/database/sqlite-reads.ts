import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { Knex } from 'knex'
import type { Database } from './connect.ts'
import type { ReadingAnswer, ReadingRequest } from './reading-process.ts'
import type { Reads } from './reads.ts'

/**
 * In processes of their own: better-sqlite3 answers synchronously and cannot be interrupted, not even in a worker
 * thread, so a question in this process would hold up everybody and could not be given up. A process can be killed;
 * the locks of a reader end with it. They start when they are needed, and one that is idle is used again.
 */
export function createSqliteReads({ path }: Database): Reads {
  if (path === null) return readsWithin
  const idle: ReadingProcess[] = []
  const all = new Set<ReadingProcess>()
  const open = () => {
    const made = startReadingProcess(path)
    all.add(made)
    void made.ended.then(() => {
      all.delete(made)
      if (idle.includes(made)) idle.splice(idle.indexOf(made), 1)
    })
    return made
  }
  return {
    read: async (signal, work) => {
      signal.throwIfAborted()
      const reading = idle.pop() ?? open()
      const stop = () => reading.kill()
      signal.addEventListener('abort', stop, { once: true })
      try {
        await reading.ask({ kind: 'begin' })
        const answer = await work((query) => askOf(reading, query))
        await reading.ask({ kind: 'end' })
        if (!signal.aborted) idle.push(reading)
        return answer
      } catch (error) {
        // Whatever state it was left in: a new one is cheaper than a doubt.
        reading.kill()
        throw signal.aborted ? signal.reason : error
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    close: async () => {
      const ending = [...all].map(async (reading) => {
        reading.kill()
        await reading.ended
      })
      await Promise.all(ending)
    },
  }
}

/** A database in memory is nobody else's: it is asked here, and cannot be stopped. For trying things out. */
const readsWithin: Reads = {
  read: async (signal, work) => {
    signal.throwIfAborted()
    return work(async (query) => query)
  },
  close: async () => {},
}

interface ReadingProcess {
  ask(request: ReadingRequest): Promise<readonly unknown[]>
  kill(): void
  readonly ended: Promise<unknown>
}

function startReadingProcess(path: string): ReadingProcess {
  const script = createRequire(import.meta.url).resolve('#reading-process')
  const child: ChildProcess = fork(script, [path], { serialization: 'advanced', execArgv: [], stdio: 'ignore' })
  // Neither the process nor its channel keeps the server alive.
  child.unref()
  child.channel?.unref()
  const ended = once(child, 'exit').catch(() => {})
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    ask: (request) =>
      new Promise((resolve, reject) => {
        const settle = (done: () => void) => {
          child.off('message', hear)
          child.off('exit', end)
          child.off('error', fail)
          child.channel?.unref()
          done()
        }
        const hear = (answer: ReadingAnswer) =>
          settle(() => (answer.ok ? resolve(answer.rows) : reject(new Error(answer.message))))
        const end = () => settle(() => reject(new Error('The reading process ended')))
        const fail = (error: Error) => settle(() => reject(error))
        child.on('message', hear)
        child.on('exit', end)
        child.on('error', fail)
        child.channel?.ref()
        if (child.connected) child.send(request)
        else end()
      }),
  }
}

/** Drivers take no truth values; the rows are what the query's author says they are, as with Knex itself. */
async function askOf<Row>(reading: ReadingProcess, query: Knex.QueryBuilder): Promise<readonly Row[]> {
  const { sql, bindings } = query.toSQL().toNative()
  const values = bindings.map((value: unknown) => (typeof value === 'boolean' ? Number(value) : value))
  return (await reading.ask({ kind: 'ask', sql, values })) as readonly Row[]
}
