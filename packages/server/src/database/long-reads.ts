import { ProblemError } from '../problems/problem-error.ts'
import type { Database } from './connect.ts'
import { createMysqlReads } from './mysql-reads.ts'
import { createPlaces } from './places.ts'
import type { Ask } from './reads.ts'
import { createSqliteReads } from './sqlite-reads.ts'

/** Who asks, for how long at most, and the signal that tells when they no longer wait. */
export interface Asker {
  readonly workspaceId: string
  readonly timeLimitMs: number
  readonly signal?: AbortSignal | undefined
}

/** Questions that may take long: bounded in time and number, and given up when nobody waits for the answer. */
export interface LongReads {
  /**
   * Questions over one state of the data. The time limit covers the waiting for a place.
   * @throws ProblemError `AUDIENCE_TOO_SLOW`, `TOO_MANY_QUESTIONS` or `CALLER_GONE`
   */
  read<Answer>(asker: Asker, work: (ask: Ask) => Promise<Answer>): Promise<Answer>
  close(): Promise<void>
}

/** One workspace's heavy rules leave room for the others. */
const ofOneWorkspace = 2
/** Half of a server's connections; on SQLite as many processes, of some 50 MB each. */
const inAll = { sqlite: 3, mysql: 5, mariadb: 5 } as const

export function createLongReads(database: Database): LongReads {
  const reads = database.dialect === 'sqlite' ? createSqliteReads(database) : createMysqlReads(database)
  const places = createPlaces({ inAll: inAll[database.dialect], ofOneKey: ofOneWorkspace })
  return {
    read: async ({ workspaceId, timeLimitMs, signal }, work) => {
      const deadline = AbortSignal.timeout(timeLimitMs)
      const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal])
      let leave: (() => void) | null = null
      try {
        leave = await places.take(workspaceId, either)
        return await reads.read(either, work)
      } catch (error) {
        if (signal?.aborted) throw new ProblemError('CALLER_GONE', 'Whoever asked has gone')
        if (deadline.aborted) throw leave === null ? tooMany() : tooSlow(timeLimitMs)
        throw error
      } finally {
        leave?.()
      }
    },
    close: () => reads.close(),
  }
}

function tooMany(): ProblemError {
  return new ProblemError(
    'TOO_MANY_QUESTIONS',
    `${ofOneWorkspace} audiences of this workspace are being counted already: please try again in a moment`,
  )
}

function tooSlow(timeLimitMs: number): ProblemError {
  return new ProblemError(
    'AUDIENCE_TOO_SLOW',
    `Counting this audience takes longer than ${timeLimitMs / 1000} seconds: please narrow the rule, or try again later`,
  )
}
