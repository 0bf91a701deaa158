import type { Clock, Rate, StartPlan } from '@muster/delivery-core'
import type { Database } from '../database/connect.ts'
import { reserveStarts } from './rate-rows.ts'
import { databaseInstant, type Instant, inWriting } from './writing.ts'

/** How two clocks differ, as one question showed. The truth lies within half of the time the question took. */
interface Comparison {
  readonly differenceMs: number
  readonly tookMs: number
  readonly atMs: number
}

/** Clocks drift: a comparison that is older than this makes room for a less exact one. */
const comparisonAgesMs = 30_000

/** An answer that took longer is an accident; to plan for it would only make everybody wait. */
const longestLeadMs = 250

/**
 * Plans starts by the database's clock, which all workers share, and tells them by this process's, which waits for them.
 * A transaction of its own: were starts planned in the one that permits, its lock would make all permits wait for each
 * other's disk. `usual` holds for accounts for which nobody set other limits.
 */
export function createStartPlan(
  database: Database,
  { nowMs }: Pick<Clock, 'nowMs'>,
  usual: readonly Rate[],
  instant: Instant = databaseInstant(database),
): StartPlan {
  let best: Comparison | null = null
  /** How long the last answers were on their way: a longer one counts at once, a shorter one little by little. */
  let leadMs = 5
  const compare = (databaseMs: number, beforeMs: number, afterMs: number) => {
    const tookMs = afterMs - beforeMs
    if (best !== null && tookMs > best.tookMs && afterMs - best.atMs <= comparisonAgesMs) return
    best = { differenceMs: databaseMs - (beforeMs + afterMs) / 2, tookMs, atMs: afterMs }
  }
  const toLocal = (atMs: number) => Math.ceil(atMs - (best?.differenceMs ?? 0))
  return {
    plan: async (account, wanted) => {
      let readAtMs = 0
      const look: Instant = async (transaction) => {
        const askedAtMs = nowMs()
        const databaseMs = await instant(transaction)
        readAtMs = nowMs()
        compare(databaseMs, askedAtMs, readAtMs)
        return databaseMs
      }
      const reservation = await inWriting(database, look, (writing) => {
        const wish = { account, wanted, nowMs: writing.nowMs, earliestMs: writing.nowMs + leadMs }
        return reserveStarts(writing.transaction, database, usual, wish)
      })
      leadMs = Math.max(Math.min(longestLeadMs, nowMs() - readAtMs + 1), Math.ceil(leadMs * 0.9))
      if (reservation === null) return null
      const { startsMs, toleranceMs, waitMs } = reservation
      const starts = startsMs.map(toLocal).map((atMs) => ({ notBeforeMs: atMs, notAfterMs: atMs + toleranceMs }))
      return { starts, waitMs }
    },
  }
}
