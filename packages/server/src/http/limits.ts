import type { Context, Middleware } from 'koa'
import { ProblemError } from '../problems/problem-error.ts'
import { type Budget, type CounterHome, createDelayer, createLimiter, type Waits } from './limiter.ts'

/** What keeps one client from taking everything, and a guesser from guessing. */
export interface Limits {
  /**
   * The budget of all requests together, for each user, or each address of those who are nobody yet; and a
   * smaller one of its own for questions to the assistant.
   */
  readonly requests: Middleware
  /** The budget of new accounts. */
  readonly registrations: Middleware
  /**
   * Does `work` unless too many such attempts have failed, whoever `subject` is. Attempts are counted before
   * they are made, so that a thousand at once are not all evaluated; a success is given back. From the sixth failure
   * on, each makes the next attempt wait twice as long.
   */
  attempt<Answer>(ctx: Context, subject: string, work: () => Promise<Answer>): Promise<Answer>
}

const quarterHour = 15 * 60

/**
 * One tab of the client asks about once in five seconds; a page of reports polls five times as often.
 * Failed attempts count for a subject from one address (a guesser locks nobody else out), for a subject from
 * everywhere (one who changes addresses is slowed) and for an address (one who changes subjects is too).
 */
const usualBudgets = {
  requests: { name: 'requests', starts: 10_000, windowSeconds: quarterHour },
  assistant: { name: 'assistant', starts: 60, windowSeconds: 60 },
  registrations: { name: 'registrations', starts: 30, windowSeconds: 60 * 60 },
  pair: { name: 'attempts-pair', starts: 10, windowSeconds: quarterHour },
  subject: { name: 'attempts-subject', starts: 100, windowSeconds: quarterHour },
  address: { name: 'attempts-address', starts: 100, windowSeconds: quarterHour },
} as const

/** For a subject from one address: 1, 2, 4 seconds and so on to a quarter of an hour, for a day. Never a lock-out. */
const usualWaits: Waits = {
  name: 'attempts-waits',
  free: 5,
  firstSeconds: 1,
  longestSeconds: quarterHour,
  forgetSeconds: 24 * 60 * 60,
}

/** Neither counted nor refused: the burst after a login, and delivery, which must never wait behind people. */
const exempt = new Set(['/api/auth/me', '/api/vendor/send-message', '/api/vendor/delivery-receipt'])

/** The limits of the contract; without a home for their counters, none. */
export function createLimits(
  home: CounterHome | null,
  budgets: Readonly<Record<keyof typeof usualBudgets, Budget>> = usualBudgets,
): Limits {
  if (home === null) {
    const pass: Middleware = (_ctx, next) => next()
    return { requests: pass, registrations: pass, attempt: (_ctx, _subject, work) => work() }
  }
  const requests = createLimiter(budgets.requests, home)
  const registrations = createLimiter(budgets.registrations, home)
  const assistant = createLimiter(budgets.assistant, home)
  const waits = createDelayer(usualWaits, home)
  const pairOf = (ctx: Context, subject: string) => `${subject} ${addressOf(ctx)}`
  const attempts = [
    { limiter: createLimiter(budgets.pair, home), keyOf: pairOf },
    { limiter: createLimiter(budgets.subject, home), keyOf: (_ctx: Context, subject: string) => subject },
    { limiter: createLimiter(budgets.address, home), keyOf: addressOf },
  ]
  return {
    requests: async (ctx, next) => {
      if (ctx.path.startsWith('/api/') && !exempt.has(ctx.path)) await requests.take(ctx, whoIn(ctx))
      if (ctx.path.startsWith('/api/ai/')) await assistant.take(ctx, whoIn(ctx))
      await next()
    },
    registrations: async (ctx, next) => {
      await registrations.take(ctx, addressOf(ctx))
      await next()
    },
    attempt: async (ctx, subject, work) => {
      const pair = pairOf(ctx, subject)
      await waits.pass(ctx, pair)
      for (const { limiter, keyOf } of attempts) await limiter.take(ctx, keyOf(ctx, subject))
      const giveBack = () => Promise.all(attempts.map(({ limiter, keyOf }) => limiter.giveBack(keyOf(ctx, subject))))
      try {
        const answer = await work()
        await Promise.all([giveBack(), waits.succeeded(pair)])
        return answer
      } catch (error) {
        await (isFailedAttempt(error) ? waits.failed(pair) : giveBack())
        throw error
      }
    },
  }
}

function isFailedAttempt(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === 'WRONG_CREDENTIALS' || error.code === 'WRONG_PASSWORD')
}

/** The user of a token that was verified, or else the address. */
function whoIn(ctx: Context): string {
  const token: unknown = ctx.state['token']
  const isUser = typeof token === 'object' && token !== null && 'userId' in token
  return isUser ? `user ${String(token.userId)}` : addressOf(ctx)
}

/** Somebody with one IPv6 address has 2⁶⁴ of them: the network counts. */
function addressOf({ ip }: Context): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/, '')
  return plain.includes(':') ? `network ${plain.split(':').slice(0, 4).join(':')}` : `address ${plain}`
}
