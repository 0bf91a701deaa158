import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import { type Fault, ProblemError } from '../problems/problem-error.ts'
import { retryAfterSeconds, statusOf } from './status-of.ts'

/** What a client is told of a failure. */
interface Problem {
  readonly code: keyof typeof statusOf
  readonly message: string
  readonly faults: readonly Fault[]
}

/**
 * Answers failures in the error envelope. What is not in the table is logged and told to nobody:
 * neither its text, which may carry SQL with values, nor its stack.
 */
export function answerProblems(log: Logger): Middleware {
  return async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && ctx.body == null)
        throw new ProblemError('NOT_FOUND', 'There is nothing at this address')
    } catch (error) {
      const problem = problemIn(error)
      if (problem === null)
        log.error({ requestId: ctx.state['requestId'], failure: withoutValues(error) }, 'request failed')
      answer(ctx, problem)
    }
  }
}

function answer(ctx: Context, problem: Problem | null): void {
  ctx.status = problem === null ? 500 : statusOf[problem.code]
  const wait = problem === null ? undefined : retryAfterSeconds[problem.code]
  if (wait !== undefined) ctx.set('Retry-After', String(wait))
  ctx.body = {
    success: false,
    error: problem?.message ?? 'Something went wrong on our side',
    code: problem?.code ?? 'INTERNAL',
    requestId: ctx.state['requestId'],
    ...(problem !== null && problem.faults.length > 0
      ? { errors: problem.faults, ...detailsFor(ctx, problem.faults) }
      : {}),
  }
  ctx.type = 'json'
}

/** The customer forms look for the fields' names under `details`; an empty list would silence the error. */
function detailsFor(ctx: Context, faults: readonly Fault[]): { details?: readonly unknown[] } {
  const fields: unknown = ctx.state['formFields']
  if (ctx.status !== 400 || !Array.isArray(fields)) return {}
  const details = faults
    .map(({ path, message }) => ({ param: path.slice(1), path: path.slice(1), msg: message }))
    .filter(({ param }) => fields.includes(param))
  return details.length > 0 ? { details } : {}
}

function problemIn(error: unknown): Problem | null {
  if (error instanceof ProblemError) return error
  if (!(error instanceof Error) || !('code' in error) || !isKnownCode(error.code)) return null
  return { code: error.code, message: error.message, faults: 'issues' in error ? faultsIn(error.issues) : [] }
}

function isKnownCode(code: unknown): code is keyof typeof statusOf {
  return typeof code === 'string' && Object.hasOwn(statusOf, code)
}

function faultsIn(issues: unknown): readonly Fault[] {
  if (!Array.isArray(issues)) return []
  return issues.filter(isFault).map(({ path, message }) => ({ path, message }))
}

function isFault(issue: unknown): issue is Fault {
  return (
    typeof issue === 'object' &&
    issue !== null &&
    'path' in issue &&
    typeof issue.path === 'string' &&
    'message' in issue &&
    typeof issue.message === 'string'
  )
}

/** Where it happened, without what it was about: Knex writes the statement with its values into the message. */
export function withoutValues(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error }
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...('code' in error ? { code: error.code } : {}),
    at: at.slice(0, 12).map((line) => line.trim()),
  }
}
