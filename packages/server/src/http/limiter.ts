import { createHmac } from 'node:crypto'
import type { Context } from 'koa'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { ProblemError } from '../problems/problem-error.ts'
import type { SharedCounters } from './shared-counters.ts'

/** So many starts within so long a window, counted for each key by itself. */
export interface Budget {
  readonly name: string
  readonly starts: number
  readonly windowSeconds: number
}

/** Where counters live. */
export interface CounterHome {
  /** Null: in this process. */
  readonly shared: SharedCounters | null
  /** Keys name people and addresses; stored is only what this secret makes of them. */
  readonly secret: string
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

/** Waits that double with each failure. */
export interface Waits {
  readonly name: string
  /** So many failures cost nothing: everybody mistypes. */
  readonly free: number
  readonly firstSeconds: number
  readonly longestSeconds: number
  /** Failures are forgotten so long after the first of them. */
  readonly forgetSeconds: number
}

/** Makes a key wait, the longer the more often it has failed. */
export interface Delayer {
  /** @throws ProblemError while the key has to wait, after telling the client for how long */
  pass(ctx: Context, key: string): Promise<void>
  failed(key: string): Promise<void>
  /** The failures before were somebody's who mistyped. */
  succeeded(key: string): Promise<void>
}

/** Keys are forgotten with their window. */
export function createLimiter(budget: Budget, home: CounterHome): Limiter {
  const counter = createCounter(budget, home)
  return {
    take: async (ctx, key) => {
      try {
        await counter.consume(hidden(key, home))
      } catch (refusal) {
        throw refusal instanceof RateLimiterRes ? tooMany(ctx, refusal) : refusal
      }
    },
    giveBack: async (key) => {
      await counter.reward(hidden(key, home))
    },
  }
}

export function createDelayer(waits: Waits, home: CounterHome): Delayer {
  const { name, free, firstSeconds, longestSeconds, forgetSeconds } = waits
  const failures = createCounter({ name: `${name}-failures`, starts: free, windowSeconds: forgetSeconds }, home)
  const gate = createCounter({ name: `${name}-gate`, starts: 1, windowSeconds: longestSeconds }, home)
  return {
    pass: async (ctx, key) => {
      const held = await gate.get(hidden(key, home))
      if (held !== null && held.msBeforeNext > 0) throw tooMany(ctx, held)
    },
    failed: async (key) => {
      const { consumedPoints } = await failures.penalty(hidden(key, home))
      const doublings = Math.min(consumedPoints - free - 1, 30)
      if (doublings < 0) return
      await gate.block(hidden(key, home), Math.min(firstSeconds * 2 ** doublings, longestSeconds))
    },
    succeeded: async (key) => {
      await failures.delete(hidden(key, home))
    },
  }
}

/**
 * The only place that knows rate-limiter-flexible. With a shared home, servers count together; while that is away
 * each counts by itself, so that no request fails for it and no limit is off.
 */
function createCounter({ name, starts, windowSeconds }: Budget, { shared }: CounterHome): RateLimiterAbstract {
  const memory = new RateLimiterMemory({ keyPrefix: name, points: starts, duration: windowSeconds })
  if (shared === null) return memory
  return new RateLimiterRedis({
    storeClient: shared.client,
    rejectIfRedisNotReady: true,
    keyPrefix: `muster-${name}`,
    points: starts,
    duration: windowSeconds,
    insuranceLimiter: memory,
  })
}

function hidden(key: string, { secret }: CounterHome): string {
  return createHmac('sha256', secret).update(`limits of ${key}`).digest('base64url').slice(0, 24)
}

function tooMany(ctx: Context, { msBeforeNext }: RateLimiterRes): ProblemError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
  ctx.set('Retry-After', String(seconds))
  const wait = seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  const message = `Too many requests: please try again in ${wait}`
  return new ProblemError('TOO_MANY_REQUESTS', message, [{ path: '', message }])
}
