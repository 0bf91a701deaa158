import { isTerminal } from '../message/dispatch-state.ts'
import { noDelivery } from '../message/join-receipts.ts'
import type { PauseReason } from '../message/vendor-answer.ts'
import type { RunBook, RunChange } from '../sending/run-book.ts'
import type { MemoryManners, MemoryPerson, MemoryRun } from './memory-rows.ts'
import type { Context } from './store-rules.ts'

/** What an operator may do with the runs of a store in memory. */
export interface MemoryOperator {
  launch(run: {
    readonly runId: string
    readonly people: readonly MemoryPerson[]
    readonly account?: string
    readonly template?: string
    readonly startAtMs?: number
    readonly closesAtMs?: number | null
  }): void
  pause(runId: string): void
  resume(runId: string): void
  cancel(runId: string): void
  suppress(customerId: string): void
  /** From now on nobody gets more than this; null for no limit. */
  limitMessages(cap: MemoryManners['cap']): void
  /** From now on nobody is disturbed while this answers an instant. */
  keepQuiet(quietUntilMs: MemoryManners['quietUntilMs']): void
}

/** What the engine may do to runs, in memory. */
export function runBook(context: Context): RunBook {
  const { rows } = context
  return {
    pause: async (runId, reason) => {
      const run = rows.runs.get(runId)
      if (run !== undefined) pauseRun(run, reason)
    },
    changes: async () => {
      for (const run of rows.runs.values()) finishRun(context, run)
      const changed = [...rows.runs.values()].filter((run) => run.state !== run.told && isTold(run))
      return changed.map(({ runId, state, pauseReason }): RunChange => ({ runId, state, reason: pauseReason }))
    },
    told: async ({ runId, state }) => {
      const run = rows.runs.get(runId)
      if (run?.state === state) run.told = state
    },
  }
}

/** Starting is no news to whoever started it. */
function isTold(run: MemoryRun): boolean {
  return run.state !== 'RUNNING' && run.state !== 'SNAPSHOTTING' && run.state !== 'READY'
}

/** A run is over when every one of its messages is, and when the books then balance. */
function finishRun(context: Context, run: MemoryRun): void {
  const messages = [...context.rows.messages.values()].filter(({ runId }) => runId === run.runId)
  if (
    run.state === 'RUNNING' &&
    messages.length === run.audience &&
    messages.every(({ standing }) => isTerminal(standing.dispatch))
  ) {
    run.state = 'COMPLETED'
    run.epoch++
  }
  const isWaiting = messages.some(({ standing }) => !isTerminal(standing.dispatch) || standing.dueAtMs !== null)
  if ((run.state === 'COMPLETED' || run.state === 'CANCELLED') && run.told === run.state && !isWaiting)
    run.state = 'SETTLED'
}

/** Pauses a run that is running; any other is left alone. */
export function pauseRun(run: MemoryRun, reason: PauseReason): void {
  if (run.state !== 'RUNNING') return
  run.state = 'PAUSED'
  run.pauseReason = reason
  run.epoch++
}

/** What operators do, in memory. */
export function operator(context: Context): MemoryOperator {
  const { rows, nowMs } = context
  return {
    launch: ({
      runId,
      people,
      account = 'default',
      template = 'Hi {name}',
      startAtMs = nowMs(),
      closesAtMs = null,
    }) => {
      if (rows.runs.has(runId)) return
      const addresses = new Map(people.map((person) => [person.address.trim().toLowerCase(), person]))
      rows.runs.set(runId, {
        runId,
        account,
        template,
        audience: addresses.size,
        closesAtMs,
        state: 'RUNNING',
        epoch: 1,
        pauseReason: null,
        told: null,
      })
      for (const [address, { customerId }] of addresses) {
        const messageId = `${runId}.${customerId}.1`
        rows.messages.set(messageId, {
          messageId,
          runId,
          customerId,
          address,
          standing: { dispatch: 'PENDING', token: 0, dueAtMs: startAtMs, attempts: 0, failureCode: null },
          delivery: noDelivery,
          attempts: [],
          body: null,
          acceptedAtMs: null,
          hasLateProof: false,
        })
      }
    },
    pause: (runId) => pauseRun(rows.runs.get(runId)!, 'operator'),
    resume: (runId) => {
      const run = rows.runs.get(runId)!
      if (run.state !== 'PAUSED') return
      run.state = 'RUNNING'
      run.pauseReason = null
      run.told = null
      run.epoch++
    },
    cancel: (runId) => {
      const run = rows.runs.get(runId)!
      if (run.state !== 'RUNNING' && run.state !== 'PAUSED') return
      run.state = 'CANCELLED'
      run.epoch++
    },
    suppress: (customerId) => {
      rows.objections.set(customerId, 'OPTED_OUT')
    },
    limitMessages: (cap) => {
      rows.manners.cap = cap
    },
    keepQuiet: (quietUntilMs) => {
      rows.manners.quietUntilMs = quietUntilMs
    },
  }
}
