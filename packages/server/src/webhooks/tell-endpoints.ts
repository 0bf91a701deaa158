import { type Repetition, repeat, retryDelayMs } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { World } from '../world/world.ts'
import { claimDue, type DueDelivery, forgetBefore, type Outcome, recordOutcome } from './delivery-log-store.ts'
import { findEndpoints, type StoredEndpoint, stopEndpoint } from './endpoint-store.ts'
import type { Post, PostAnswer } from './post-safely.ts'
import type { SecretSeal } from './seal-secret.ts'

/** What events are sent with. */
export interface TellingParts {
  readonly knex: Knex
  readonly world: World
  readonly post: Post
  /** The headers by which the receiver knows that a body is ours. `secret` is base64. */
  readonly sign: (id: string, body: string, secret: string, nowMs: number) => object
  readonly seal: SecretSeal | null
  readonly tell: (failure: unknown) => void
}

const lookEveryMs = 1_000
/** Longer than an attempt can take, so that no two servers send the same one at once. */
const leaseMs = 30_000
/** Posts at once: they wait for others' servers, and must not take all of ours. */
const batchSize = 20
/** From half a minute up to six hours between two attempts, and given up after about a day and a half on average. */
const spread = { retryBaseMs: 30_000, retryCapMs: 6 * 60 * 60_000 }
const mostAttempts = 16
/** So long the log is kept. */
const keepMs = 30 * 24 * 60 * 60_000
const forgottenAtOnce = 500

/**
 * Sends events to those who listen, each at least once: signed by the Standard Webhooks scheme, again after a failure
 * with full jitter, given up in the end, and written in the log at each step.
 */
export function createTeller(parts: TellingParts): Repetition {
  const { knex, world } = parts
  return repeat(
    world,
    lookEveryMs,
    async () => {
      const nowMs = world.nowMs()
      const due = await claimDue(knex, nowMs, leaseMs, batchSize)
      const endpoints = new Map(
        (
          await findEndpoints(
            knex,
            due.map(({ endpointId }) => endpointId),
          )
        ).map((one) => [one.id, one]),
      )
      await Promise.all(due.map((delivery) => attempt(parts, delivery, endpoints.get(delivery.endpointId))))
      const forgotten = due.length > 0 ? 0 : await forgetBefore(knex, nowMs - keepMs, forgottenAtOnce)
      return due.length === batchSize || forgotten === forgottenAtOnce
    },
    parts.tell,
  )
}

async function attempt(
  parts: TellingParts,
  delivery: DueDelivery,
  endpoint: StoredEndpoint | undefined,
): Promise<void> {
  // It was deleted meanwhile, and its log with it.
  if (endpoint === undefined) return
  const { knex, world } = parts
  const answer = endpoint.isActive ? await send(parts, delivery, endpoint) : { failure: 'The webhook is switched off' }
  const nowMs = world.nowMs()
  if ('status' in answer && answer.status === 410) await stopEndpoint(knex, endpoint.id, 'It answered 410 Gone', nowMs)
  await recordOutcome(knex, delivery, outcomeOf(answer, delivery, endpoint, world), nowMs)
}

async function send(
  { post, sign, seal, world }: TellingParts,
  { eventId, payload }: DueDelivery,
  endpoint: StoredEndpoint,
) {
  if (seal === null) return { failure: 'DATA_KEY is not set on the server' }
  const secret = await seal.open(endpoint.sealedSecret).catch(() => null)
  if (secret === null) return { failure: 'The secret was sealed with another DATA_KEY; make the webhook anew' }
  return post(endpoint.url, payload, { ...sign(eventId, payload, secret, world.nowMs()) })
}

function outcomeOf(answer: PostAnswer, { attempts }: DueDelivery, { isActive }: StoredEndpoint, world: World): Outcome {
  const responseStatus = 'status' in answer ? answer.status : null
  if (responseStatus !== null && responseStatus >= 200 && responseStatus < 300) {
    return { state: 'delivered', dueAtMs: null, responseStatus, failure: null }
  }
  const failure = 'failure' in answer ? answer.failure : `It answered ${answer.status}`
  const isOver = attempts >= mostAttempts || !isActive || responseStatus === 410
  const dueAtMs = isOver ? null : world.nowMs() + retryDelayMs(attempts, spread, world.random)
  return { state: isOver ? 'failed' : 'waiting', dueAtMs, responseStatus, failure }
}
