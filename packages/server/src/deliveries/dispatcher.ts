import {
  type Clock,
  createEngine,
  createInbox,
  createKeeper,
  createReconciler,
  type DeliveryPolicy,
  type EngineEvent,
  type Inbox,
  type KeeperEvent,
  type PauseReason,
  type Random,
  type Rate,
  type ReconcilerEvent,
  type RunChange,
  repeat,
  type Vendor,
} from '@muster/delivery-core'
import type { Database } from '../database/connect.ts'
import { createHeartbeat } from './heartbeat-store.ts'
import { createMessageStore } from './message-store.ts'
import { createRatesStore } from './rates-store.ts'
import { createReceiptStore } from './receipt-store.ts'
import { createRenderer, type FinishText } from './render-message.ts'
import { createRunBook } from './run-book.ts'
import { ownerOf } from './run-rows.ts'
import { createStartPlan } from './start-plan.ts'

/** A run that came to rest, for whoever owns the campaign. */
export interface RestingRun {
  readonly runId: string
  readonly workspaceId: string
  readonly campaignId: string
}

/** What happened on the sending side, for the log. Carries no address, name or text. */
export type DispatcherEvent =
  | EngineEvent
  | KeeperEvent
  | ReconcilerEvent
  | { readonly kind: 'out-of-balance'; readonly runId: string; readonly audience: number; readonly messages: number }
  | { readonly kind: 'stale-runs-paused'; readonly runs: number }
  /** The database belongs to another installation: nothing is sent until the operator confirms. */
  | { readonly kind: 'foreign-instance' }
  | { readonly kind: 'heartbeat-failed' | 'pacing-failed' | 'begin-failed'; readonly error: unknown }

export interface DispatcherParts {
  /** What each text goes through before it is sent. */
  readonly finishText?: FinishText
  readonly database: Database
  readonly vendor: Vendor
  readonly clock: Clock
  readonly random: Random
  readonly policy: DeliveryPolicy
  /** Calls in flight at once. */
  readonly concurrency: number
  /** The vendor account, and its limits where nobody set others: all windows hold at once, for all workers together. */
  readonly account: string
  readonly rates: readonly Rate[]
  readonly tell: (event: DispatcherEvent) => void
  /** Everybody is accounted for. Called at least once, after a crash too; a failure is followed by another call. */
  readonly onRunEnded: (run: RestingRun) => Promise<void>
  /** The run was paused, by the program or by a person. Called like `onRunEnded`. */
  readonly onRunPaused: (run: RestingRun & { readonly reason: PauseReason | null }) => Promise<void>
}

export interface Dispatcher {
  /** Where the routes put receipts. Takes them as soon as it exists, also before `start`. */
  readonly inbox: Inbox
  /** Goes on with whatever is unfinished, whoever began it, and finds new work by itself. */
  start(): Promise<void>
  /** Stops taking work, waits for what is on its way, and leaves nothing in memory that is not in the database. */
  stop(): Promise<void>
  /** There is new work: do not wait for the next look. */
  wake(): void
  /** New limits for the account, felt by all workers within two seconds. Without any, the configured ones hold again. */
  changeRates(rates: readonly Rate[]): Promise<void>
  rates(): Promise<readonly Rate[]>
}

const lookEveryMs = 1_000

/** Shorter, because a message that found no room in its window comes back soon and would wait for the next claim. */
const claimEveryMs = 250

const beatEveryMs = 30_000

/** The sending side of the whole installation: one engine over all running runs, and all that keeps its books. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { database, clock, policy, tell, account, concurrency } = parts
  const store = createMessageStore(database, policy, undefined, parts.rates)
  const rates = createRatesStore(database.knex)
  const ratesNow = async () => (await rates.of(account)) ?? parts.rates
  const receipts = createReceiptStore(database, policy)
  const runs = createRunBook(database, (runId, audience, messages) =>
    tell({ kind: 'out-of-balance', runId, audience, messages }),
  )
  const heartbeat = createHeartbeat(database)
  const engine = createEngine({
    ...parts,
    store,
    runs,
    habits: { definiteStatuses: [], maxThrottleWaitMs: policy.maxThrottleWaitMs },
    render: createRenderer(parts.finishText),
    limits: { concurrency, rate: shortest(parts.rates) },
    plan: createStartPlan(database, clock, parts.rates),
    idleMs: claimEveryMs,
  })
  const reconciler = createReconciler(receipts, clock, tell)
  const onRunChanged = (change: RunChange) => tellOwner(parts, change)
  const keeper = createKeeper({ store, runs, clock, everyMs: lookEveryMs, onRunChanged }, tell)
  const tellStale = (runs: number) => {
    if (runs > 0) tell({ kind: 'stale-runs-paused', runs })
  }
  const beats = repeat(
    clock,
    beatEveryMs,
    async () => {
      tellStale(await heartbeat.beat())
      return false
    },
    (error) => tell({ kind: 'heartbeat-failed', error }),
  )
  // Other processes change the rates too. The plan keeps them at once; this only tells how much is worth preparing.
  const pacing = repeat(
    clock,
    lookEveryMs,
    async () => {
      engine.limit({ concurrency, rate: shortest(await ratesNow()) })
      return false
    },
    (error) => tell({ kind: 'pacing-failed', error }),
  )
  return {
    inbox: createInbox(receipts, clock, reconciler.wake),
    start: async () => {
      await rates.ensure(account, clock.nowMs())
      tellStale(await heartbeat.stopStale())
      for (const part of [beats, pacing, keeper, reconciler, engine]) part.start()
    },
    stop: async () => {
      await engine.stop()
      await Promise.all([beats.stop(), pacing.stop(), keeper.stop(), reconciler.stop()])
    },
    wake: engine.wake,
    rates: ratesNow,
    changeRates: async (changed) => {
      await rates.set(account, changed, clock.nowMs())
      engine.limit({ concurrency, rate: shortest(changed) })
    },
  }
}

/** The window by which this process knows how much is worth preparing; all windows are kept by the plan. */
function shortest(rates: readonly Rate[]): Rate | null {
  return rates.reduce<Rate | null>(
    (short, rate) => (short === null || rate.windowMs < short.windowMs ? rate : short),
    null,
  )
}

async function tellOwner(
  { database, onRunEnded, onRunPaused }: DispatcherParts,
  { runId, state, reason }: RunChange,
): Promise<void> {
  const owner = await ownerOf(database.knex, runId)
  if (owner === null) return
  if (state === 'COMPLETED') await onRunEnded({ runId, ...owner })
  if (state === 'PAUSED') await onRunPaused({ runId, ...owner, reason })
}
