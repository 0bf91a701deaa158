import type { Rate } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { firstSlotOf, roomIn, type Slot, slotMsOf, waitMsIn } from './rate-windows.ts'

/** How many of the wanted calls may start, and how long the others should wait. */
export interface Reservation {
  readonly granted: number
  readonly waitMs: number
}

/** Whoever found no room asks again after this time at the latest, so that a limit that was raised is soon felt. */
const longestWaitMs = 1_000

/** So far ahead a claim may reach: what is claimed now is asked for within about this time. */
const claimAheadMs = 1_000

/**
 * How many messages of an account it makes sense to claim now; infinitely many without limits. An estimate: nothing is
 * locked, and the permit decides.
 */
export async function claimRoom(
  transaction: Knex.Transaction,
  account: string,
  usual: readonly Rate[],
  nowMs: number,
): Promise<number> {
  const rates = (await ratesOf(transaction, account)) ?? usual
  if (rates.length === 0) return Number.POSITIVE_INFINITY
  const used = await slotsOf(transaction, account, rates, nowMs)
  return Math.min(...rates.map((rate) => roomIn(rate, used.get(rate.windowMs) ?? [], nowMs + claimAheadMs)))
}

/**
 * Reserves starts for an account in the transaction that permits them. The account's row is locked, so that all
 * workers of the installation together keep every limit. Limits that somebody set go before the usual
 * ones; without any, everything is granted.
 */
export async function reserveStarts(
  transaction: Knex.Transaction,
  database: Pick<Database, 'dialect'>,
  account: string,
  usual: readonly Rate[],
  wanted: number,
  nowMs: number,
): Promise<Reservation> {
  const rates = (await lockRates(transaction, database, account)) ?? usual
  if (rates.length === 0 || wanted === 0) return { granted: wanted, waitMs: 0 }
  const used = await slotsOf(transaction, account, rates, nowMs)
  const granted = Math.min(wanted, ...rates.map((rate) => roomIn(rate, used.get(rate.windowMs) ?? [], nowMs)))
  if (granted > 0) await note(transaction, account, rates, granted, nowMs)
  const waits = rates.map((rate) => {
    const slots = [...(used.get(rate.windowMs) ?? []), { slot: Math.floor(nowMs / slotMsOf(rate)), starts: granted }]
    return roomIn(rate, slots, nowMs) === 0 ? waitMsIn(rate, slots, nowMs) : 0
  })
  return { granted, waitMs: Math.min(longestWaitMs, Math.max(1, ...waits)) }
}

/** New limits for an account, in force for every call that is permitted after the commit. Several windows at once. */
export async function setRates(knex: Knex, account: string, rates: readonly Rate[], nowMs: number): Promise<void> {
  const text = JSON.stringify(rates)
  await knex('vendor_accounts')
    .insert({ account, closed_until_ms: null, rates: text, updated_at_ms: nowMs })
    .onConflict('account')
    .merge({ rates: text, updated_at_ms: nowMs })
}

/** Gives the account a row, so that there is something for all workers to lock. */
export async function ensureAccount(knex: Knex, account: string, nowMs: number): Promise<void> {
  // Looking first takes no lock: a start must not wait for a worker that is stopped in the middle of a permit.
  if ((await knex('vendor_accounts').where({ account }).first('account')) !== undefined) return
  await knex('vendor_accounts')
    .insert({ account, closed_until_ms: null, rates: null, updated_at_ms: nowMs })
    .onConflict('account')
    .ignore()
}

/** The limits that somebody set for an account; null when nobody did. */
export async function ratesOf(knex: Knex, account: string): Promise<readonly Rate[] | null> {
  const row: { rates: string | null } | undefined = await knex('vendor_accounts').where({ account }).first('rates')
  return readRates(row?.rates ?? null)
}

async function lockRates(
  transaction: Knex.Transaction,
  { dialect }: Pick<Database, 'dialect'>,
  account: string,
): Promise<readonly Rate[] | null> {
  const row = transaction('vendor_accounts').where({ account }).first('rates')
  const locked: { rates: string | null } | undefined = await (dialect === 'sqlite' ? row : row.forUpdate())
  return readRates(locked?.rates ?? null)
}

/** What was written by `setRates`. Anything else is a fault of the program or of whoever edited the database. */
function readRates(text: string | null): readonly Rate[] | null {
  if (text === null) return null
  const rates: unknown = JSON.parse(text)
  if (!Array.isArray(rates) || !rates.every(isRate)) throw new Error('The rates of a vendor account cannot be read')
  return rates
}

function isRate(value: unknown): value is Rate {
  if (typeof value !== 'object' || value === null || !('starts' in value) || !('windowMs' in value)) return false
  return [value.starts, value.windowMs].every((count) => Number.isSafeInteger(count) && Number(count) > 0)
}

async function slotsOf(
  transaction: Knex.Transaction,
  account: string,
  rates: readonly Rate[],
  nowMs: number,
): Promise<ReadonlyMap<number, readonly Slot[]>> {
  const rows: { window_ms: number; slot: number; starts: number }[] = await transaction('rate_slots')
    .where({ account })
    .where((counting) => {
      for (const rate of rates) {
        counting.orWhere((slots) =>
          slots.where('window_ms', rate.windowMs).where('slot', '>=', firstSlotOf(rate, nowMs)),
        )
      }
    })
    .select('window_ms', 'slot', 'starts')
  const slots = new Map<number, Slot[]>()
  for (const { window_ms, slot, starts } of rows)
    slots.set(window_ms, [...(slots.get(window_ms) ?? []), { slot, starts }])
  return slots
}

/** Counts the starts in the present slot of every window, and forgets the slots that no window reaches any more. */
async function note(
  transaction: Knex.Transaction,
  account: string,
  rates: readonly Rate[],
  starts: number,
  nowMs: number,
): Promise<void> {
  for (const rate of rates) {
    const slot = Math.floor(nowMs / slotMsOf(rate))
    const isNew = await transaction('rate_slots')
      .where({ account, window_ms: rate.windowMs, slot })
      .increment('starts', starts)
    if (isNew !== 0) continue
    await transaction('rate_slots').insert({ account, window_ms: rate.windowMs, slot, starts })
    await transaction('rate_slots')
      .where({ account, window_ms: rate.windowMs })
      .where('slot', '<', firstSlotOf(rate, nowMs))
      .delete()
  }
}
