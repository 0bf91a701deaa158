import type { Context } from 'koa'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ProblemError } from '../problems/problem-error.ts'

/** So many starts within so long a window, counted for each key by itself. */
export interface Budget {
  readonly name: string
  readonly starts: number
  readonly windowSeconds: number
}

/** Counts against a budget. */
export interface Limiter {
  /**
   * Takes one of the key's starts.
   * @throws ProblemError when none is left, after telling the client when there will be one
   */
  take(ctx: Context, key: string): Promise<void>
  /** Gives one back: the start was none of those that the budget is there to limit. */
  giveBack(key: string): Promise<void>
}

/** The only file that knows rate-limiter-flexible. Counters live in this process; keys are forgotten with their window. */
export function createLimiter({ name, starts, windowSeconds }: Budget): Limiter {
  const memory = new RateLimiterMemory({ keyPrefix: name, points: starts, duration: windowSeconds })
  return {
    take: async (ctx, key) => {
      try {
        await memory.consume(key)
      } catch (refusal) {
        throw refusal instanceof RateLimiterRes ? tooMany(ctx, refusal) : refusal
      }
    },
    giveBack: async (key) => {
      await memory.reward(key)
    },
  }
}

function tooMany(ctx: Context, { msBeforeNext }: RateLimiterRes): ProblemError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
  ctx.set('Retry-After', String(seconds))
  const wait = seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  const message = `Too many requests: please try again in ${wait}`
  return new ProblemError('TOO_MANY_REQUESTS', message, [{ path: '', message }])
}
