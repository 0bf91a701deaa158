import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import type { World } from '../world/world.ts'
import { redeliver } from './delivery-log-store.ts'
import {
  deleteEndpoint,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  type StoredEndpoint,
  updateEndpoint,
} from './endpoint-store.ts'
import { recordFor } from './outbox.ts'
import { addressFault, type PostRules } from './post-safely.ts'
import type { SecretSeal } from './seal-secret.ts'
import { type Endpoint, type EventKind, eventIdOf } from './webhook.ts'

/** What the actions of this room work with. */
export interface WebhookParts {
  readonly knex: Knex
  readonly world: World
  readonly rules: PostRules
  /** Null: secrets could not be kept safely, so no endpoint can be made. */
  readonly seal: SecretSeal | null
  /** Something is due: do not wait for the next look. */
  readonly wake: () => void
}

/** An endpoint as its owner describes it. */
export interface EndpointPlan {
  readonly url: string
  readonly kinds: readonly EventKind[]
  readonly isActive?: boolean
}

/** Each is one more post for every event. */
const mostEndpoints = 10

/** The secret is told this once: `whsec_` and 32 random bytes, as Standard Webhooks writes it. */
export async function addEndpoint(
  parts: WebhookParts,
  workspaceId: string,
  actor: Actor,
  plan: EndpointPlan,
): Promise<{ readonly endpoint: Endpoint; readonly secret: string }> {
  const { knex, world } = parts
  const seal = requireSeal(parts)
  refuseAddress(plan, parts.rules)
  if ((await listEndpoints(knex, workspaceId)).length >= mostEndpoints) {
    throw new ProblemError('WEBHOOKS_FULL', `A workspace has at most ${mostEndpoints} webhooks`)
  }
  const secret = randomBytes(32).toString('base64')
  const nowMs = world.nowMs()
  const endpoint: StoredEndpoint = {
    id: world.newId(),
    workspaceId,
    url: plan.url,
    kinds: plan.kinds,
    sealedSecret: await seal.close(secret),
    isActive: plan.isActive ?? true,
    stoppedBecause: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
  await inTransaction(knex, async (transaction) => {
    await insertEndpoint(transaction, endpoint, actor.userId)
    await writeDown(transaction, actor, 'webhook.made', endpoint, nowMs)
  })
  return { endpoint, secret: `whsec_${secret}` }
}

export async function changeEndpoint(
  parts: WebhookParts,
  workspaceId: string,
  actor: Actor,
  id: string,
  plan: EndpointPlan,
): Promise<Endpoint> {
  refuseAddress(plan, parts.rules)
  const before = await requireEndpoint(parts, workspaceId, id)
  const isActive = plan.isActive ?? before.isActive
  const stoppedBecause = isActive ? null : before.stoppedBecause
  const after = {
    ...before,
    url: plan.url,
    kinds: plan.kinds,
    isActive,
    stoppedBecause,
    updatedAtMs: parts.world.nowMs(),
  }
  await inTransaction(parts.knex, async (transaction) => {
    await updateEndpoint(transaction, after)
    await writeDown(transaction, actor, 'webhook.changed', after, after.updatedAtMs)
  })
  return after
}

export async function dropEndpoint(parts: WebhookParts, workspaceId: string, actor: Actor, id: string): Promise<void> {
  const endpoint = await requireEndpoint(parts, workspaceId, id)
  await inTransaction(parts.knex, async (transaction) => {
    if (!(await deleteEndpoint(transaction, workspaceId, id))) throw noEndpoint()
    await writeDown(transaction, actor, 'webhook.deleted', endpoint, parts.world.nowMs())
  })
}

/** An endpoint hears of everything, so its owners must be able to see who pointed it where. */
async function writeDown(
  transaction: Knex.Transaction,
  actor: Actor,
  action: 'webhook.made' | 'webhook.changed' | 'webhook.deleted',
  { workspaceId, id, url, isActive }: StoredEndpoint,
  nowMs: number,
): Promise<void> {
  const details = { host: new URL(url).host, isActive }
  await appendAudit(transaction, { workspaceId, actor, action, subjectId: id, details }, nowMs)
}

/** Sends an event that means nothing, so that its owner sees whether it arrives. Answers the event's id. */
export async function testEndpoint(parts: WebhookParts, workspaceId: string, id: string): Promise<string> {
  await requireEndpoint(parts, workspaceId, id)
  const event = {
    workspaceId,
    kind: 'webhook.test',
    subject: parts.world.newId(),
    occurredAtMs: parts.world.nowMs(),
    data: { webhookId: id },
  } as const
  await inTransaction(parts.knex, (transaction) => recordFor(transaction, id, event))
  parts.wake()
  return eventIdOf(event)
}

/** Sends an event of the log once more, whatever became of it. */
export async function sendAgain(parts: WebhookParts, workspaceId: string, id: string, eventId: string): Promise<void> {
  await requireEndpoint(parts, workspaceId, id)
  if (!(await redeliver(parts.knex, id, eventId, parts.world.nowMs()))) {
    throw new ProblemError('WEBHOOK_EVENT_NOT_FOUND', 'This webhook was not told of such an event')
  }
  parts.wake()
}

/** @throws ProblemError when the workspace has no such endpoint */
export async function requireEndpoint(
  { knex }: Pick<WebhookParts, 'knex'>,
  workspaceId: string,
  id: string,
): Promise<StoredEndpoint> {
  const endpoint = await findEndpoint(knex, workspaceId, id)
  if (endpoint === null) throw noEndpoint()
  return endpoint
}

function requireSeal({ seal }: WebhookParts): SecretSeal {
  if (seal !== null) return seal
  throw new ProblemError(
    'WEBHOOKS_OFF',
    'Webhooks need DATA_KEY to be set on the server, so that secrets are kept safely',
  )
}

function refuseAddress({ url }: EndpointPlan, rules: PostRules): void {
  const message = addressFault(url, rules)
  if (message !== null) throw invalidInput([{ path: '/url', message }])
}

function noEndpoint(): ProblemError {
  return new ProblemError('WEBHOOK_NOT_FOUND', 'There is no such webhook')
}
