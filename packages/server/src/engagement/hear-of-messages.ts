import { createBatcher } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { inTransaction } from '../database/in-transaction.ts'
import type { World } from '../world/world.ts'
import { type EngagedMessage, type EngagementKind, findEngaged, recordEngagements } from './engagement-store.ts'
import { isMachine as looksLikeMachine } from './is-machine.ts'

/** What this room works with. */
export interface EngagementParts {
  readonly knex: Knex
  readonly world: World
  /** Tells other systems, in the transaction that writes it down; something that is told again is told once. */
  readonly tell: (
    transaction: Knex.Transaction,
    message: EngagedMessage,
    kind: EngagementKind,
    atMs: number,
  ) => Promise<void>
  /** Takes the consent of a customer back; from its commit on, nobody of the workspace writes to the address. */
  readonly withdraw: (message: EngagedMessage) => Promise<void>
}

/** Something that was done with a message, as it came in. */
export interface Heard {
  readonly messageId: string
  readonly kind: Extract<EngagementKind, 'open' | 'click'>
  readonly url: string | null
  readonly userAgent: string
}

/** Learns what people do with messages. */
export interface Ear {
  /** Resolves when it is written down; a message that nobody knows is not. */
  hear(heard: Heard): Promise<void>
  /** The customer of this message wants no more of them. Safe to repeat. False when there is no such message. */
  unsubscribe(messageId: string): Promise<boolean>
  /** The campaign's name, for the page that asks; null when there is no such message. */
  find(messageId: string): Promise<EngagedMessage | null>
}

/** As many as one transaction writes within a few milliseconds. */
const largestBatch = 200

/** Writes opens and clicks in batches: a newsletter is opened by thousands at the same time. */
export function createEar({ knex, world, withdraw, tell }: EngagementParts): Ear {
  const batcher = createBatcher<Heard & { readonly atMs: number }, void>(
    largestBatch,
    async (batch) => {
      const messages = await findEngaged(
        knex,
        batch.map(({ messageId }) => messageId),
      )
      const engagements = batch.map(({ messageId, kind, url, userAgent, atMs }) => ({
        messageId,
        kind,
        url,
        atMs,
        isMachine: looksLikeMachine({ userAgent, atMs, sentAtMs: messages.get(messageId)?.sentAtMs ?? null }),
      }))
      await inTransaction(knex, async (transaction) => {
        await recordEngagements(transaction, messages, engagements)
        for (const { messageId, kind, isMachine, atMs } of engagements) {
          const message = messages.get(messageId)
          if (message !== undefined && !isMachine) await tell(transaction, message, kind, atMs)
        }
      })
      return batch.map(() => undefined)
    },
    world,
  )
  const find = async (messageId: string) => (await findEngaged(knex, [messageId])).get(messageId) ?? null
  return {
    find,
    hear: (heard) => batcher.ask({ ...heard, atMs: world.nowMs() }),
    unsubscribe: async (messageId) => {
      const message = await find(messageId)
      if (message === null) return false
      // First what counts: should the second step fail, nobody is written to all the same, and a repetition completes it.
      await withdraw(message)
      const one = { messageId, kind: 'unsubscribe', isMachine: false, url: null, atMs: world.nowMs() } as const
      await inTransaction(knex, async (transaction) => {
        await recordEngagements(transaction, new Map([[messageId, message]]), [one])
        await tell(transaction, message, one.kind, one.atMs)
      })
      return true
    },
  }
}
