import { requireWorkspace } from '../accounts/workspaces-store.ts'
import { hourMs } from '../database/changed-hours.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { AnalyticsParts } from './analytics-parts.ts'
import { type Calendar, calendarOf } from './calendar.ts'
import { countDays, forgetDays, nextInstant } from './daily-figures-store.ts'
import {
  type Change,
  dropChanges,
  type FigureState,
  findState,
  hasChanges,
  lockState,
  newestChange,
  readChanges,
  writeState,
} from './figure-state-store.ts'

/** The counted days of a workspace, as of now. */
export interface Books {
  readonly workspaceId: string
  readonly calendar: Calendar
  readonly nowMs: number
  readonly today: number
  /** The same number: nothing about orders or customers has changed in between. */
  readonly revision: number
}

/** Days that are counted in one transaction: on SQLite it holds up every other request. */
const daysPerStep = 14

/** Nobody waits longer for a page; the next one who asks finds that much done. */
const patienceMs = 30_000

/** Changes that are read in one transaction. Most name one hour of today, so that few days stand for many of them. */
const changesPerStep = 2_000

/**
 * Brings the daily figures of a workspace up to date and answers where they stand. Where nothing has changed this is two
 * look-ups. The first time, and after a change of the zone, every day is counted; that goes in steps, and whoever
 * asks meanwhile takes part in it. What has been counted stays counted, also when whoever asked gives up.
 * @throws ProblemError `FIGURES_TOO_SLOW` when that takes longer than anybody waits
 */
export async function openBooks(
  { knex, reads, world, memories: { counting } }: Pick<AnalyticsParts, 'knex' | 'reads' | 'world' | 'memories'>,
  workspaceId: string,
): Promise<Books> {
  const startedMs = world.nowMs()
  // What comes after the question need not be in the answer: in a busy shop something always comes.
  const newest = await newestChange(reads, workspaceId)
  for (;;) {
    const { timeZone } = await requireWorkspace(reads, workspaceId)
    const state = await findState(reads, workspaceId)
    const isUpToDate = state !== null && state.timeZone === timeZone && state.rebuildFromMs === null
    if (isUpToDate && (newest === null || !(await hasChanges(reads, workspaceId, newest)))) {
      const [calendar, nowMs] = [calendarOf(timeZone), world.nowMs()]
      return { workspaceId, calendar, nowMs, today: calendar.dayOf(nowMs), revision: state.revision }
    }
    if (world.nowMs() - startedMs > patienceMs) throw stillCounting()
    // One at a time in this process: a connection each that waits for the same lock would leave none for anybody else.
    const others = counting.get(workspaceId)
    if (others !== undefined) await others
    else await alone(counting, workspaceId, () => inTransaction(knex, (step) => takeStep(step, workspaceId, timeZone)))
  }
}

function stillCounting(): ProblemError {
  return new ProblemError(
    'FIGURES_TOO_SLOW',
    'The orders of this workspace are still being counted: please try again in a moment',
  )
}

async function alone(
  counting: AnalyticsParts['memories']['counting'],
  workspaceId: string,
  work: () => Promise<void>,
): Promise<void> {
  const done = work()
  // Whoever waits looks for themselves how far it has come, also when it has failed.
  counting.set(
    workspaceId,
    done.catch(() => {}),
  )
  try {
    await done
  } finally {
    counting.delete(workspaceId)
  }
}

type Transaction = Parameters<typeof lockState>[0]

async function takeStep(transaction: Transaction, workspaceId: string, timeZone: string): Promise<void> {
  const state = await lockState(transaction, workspaceId)
  if (state.timeZone !== timeZone) {
    await forgetDays(transaction, workspaceId)
    await writeState(transaction, workspaceId, { timeZone, rebuildFromMs: Number.MIN_SAFE_INTEGER })
  } else if (state.rebuildFromMs !== null) {
    await rebuildSome(transaction, workspaceId, { ...state, rebuildFromMs: state.rebuildFromMs })
  } else {
    await countChanges(transaction, workspaceId, calendarOf(timeZone))
  }
}

/** The next days that have anything to count; years without anything are passed over. */
async function rebuildSome(
  transaction: Transaction,
  workspaceId: string,
  { timeZone, rebuildFromMs }: FigureState & { readonly rebuildFromMs: number },
): Promise<void> {
  const nextMs = await nextInstant(transaction, workspaceId, rebuildFromMs)
  if (nextMs === null) return writeState(transaction, workspaceId, { timeZone, rebuildFromMs: null })
  const calendar = calendarOf(timeZone)
  const first = calendar.dayOf(nextMs)
  await countDays(
    transaction,
    workspaceId,
    calendar,
    Array.from({ length: daysPerStep }, (_, index) => first + index),
  )
  await writeState(transaction, workspaceId, { timeZone, rebuildFromMs: calendar.startOf(first + daysPerStep) })
}

/** A change is dropped in the transaction that counts its days: whoever dies midway leaves it to the next one. */
async function countChanges(transaction: Transaction, workspaceId: string, calendar: Calendar): Promise<void> {
  const days = new Set<number>()
  const counted: Change['id'][] = []
  for (const { id, hours } of await readChanges(transaction, workspaceId, changesPerStep)) {
    if (days.size >= daysPerStep && counted.length > 0) break
    counted.push(id)
    for (const hour of hours) {
      // An hour may lie in two days, because days begin at any quarter of an hour.
      days.add(calendar.dayOf(hour * hourMs)).add(calendar.dayOf((hour + 1) * hourMs - 1))
    }
  }
  await countDays(transaction, workspaceId, calendar, [...days])
  await dropChanges(transaction, counted)
}
