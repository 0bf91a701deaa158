import { performance } from 'node:perf_hooks'
import type { BenchDatabase } from './bench-database.ts'
import type { Formulation } from './formulation.ts'

/** One connection on which questions are asked, none of them for longer than it may take. */
export interface Asking {
  /** The count, or `undefined` where the database gave up in time. */
  ask(formulation: Formulation, mostMs?: number): Promise<Answer | undefined>
  end(): Promise<void>
}

export interface Answer {
  readonly size: number
  readonly ms: number
}

/** SQLite cannot be interrupted; the others stop a question after so long. */
export async function startAsking({ knex, dialect }: BenchDatabase, mostMs: number): Promise<Asking> {
  const connection: unknown = await knex.client.acquireConnection()
  const run = (sql: string, bindings: Formulation['bindings'] = []) =>
    knex.raw<unknown>(sql, [...bindings]).connection(connection)
  let limitMs: number | undefined
  const limitTo = async (ms: number) => {
    const limit = limitOf(dialect, ms)
    if (limit !== undefined && ms !== limitMs) await run(limit)
    limitMs = ms
  }
  return {
    ask: async ({ sql, bindings }, ms = mostMs) => {
      await limitTo(ms)
      const startMs = performance.now()
      try {
        const size = sizeIn(await run(sql, bindings))
        return { size, ms: performance.now() - startMs }
      } catch (error) {
        if (isGivenUp(error)) return undefined
        throw error
      }
    },
    end: () => knex.client.releaseConnection(connection),
  }
}

function limitOf(dialect: BenchDatabase['dialect'], mostMs: number): string | undefined {
  switch (dialect) {
    case 'mariadb':
      return `set session max_statement_time = ${mostMs / 1000}`
    case 'mysql':
      return `set session max_execution_time = ${mostMs}`
    case 'postgresql':
      return `set statement_timeout = ${mostMs}`
    case 'sqlite':
      return undefined
  }
}

/** In the answers of all drivers the one row is somewhere: `[{ size }]`, `[[{ size }], …]` or `{ rows: [{ size }] }`. */
function sizeIn(answer: unknown): number {
  if (Array.isArray(answer)) return sizeIn(answer[0])
  if (typeof answer === 'object' && answer !== null) {
    if ('rows' in answer) return sizeIn(answer.rows)
    if ('size' in answer) return Number(answer.size)
  }
  throw new Error(`There is no "size" in the answer ${JSON.stringify(answer)}`)
}

/** MariaDB, MySQL and PostgreSQL by their numbers for it. */
const gaveUp: readonly unknown[] = [1969, 3024, '57014']

function isGivenUp(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const [number, code] = ['errno' in error ? error.errno : undefined, 'code' in error ? error.code : undefined]
  return gaveUp.includes(number) || gaveUp.includes(code)
}
