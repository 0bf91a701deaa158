import type { Rate } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { pacedRate, planStarts, startsLeft, toleranceMsOf } from './plan-starts.ts'
import { firstSlotOf, roomIn, type Slot, slotMsOf, waitMsIn } from './rate-windows.ts'

/** The starts that were reserved, by the database's clock. */
export interface Reservation {
  readonly startsMs: readonly number[]
  /** A call that has not started by so much later does not count where it was planned. */
  readonly toleranceMs: number
  /** How long to wait before asking for more. */
  readonly waitMs: number
}

/** What a worker asks of an account. */
export interface Wish {
  readonly account: string
  readonly wanted: number
  readonly nowMs: number
  /** No start is planned before. */
  readonly earliestMs: number
}

/** The limits of an account, and the first start of its pace that is still free. */
interface Account {
  readonly rates: readonly Rate[]
  readonly freeFromMs: number
}

/** So far ahead a claim may reach: what is claimed now is sent within about this time. */
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
  const { rates, freeFromMs } = await readAccount(transaction('vendor_accounts').where({ account }), usual)
  if (rates.length === 0) return Number.POSITIVE_INFINITY
  const paced = pacedRate(rates)
  const counted = rates.filter((rate) => rate !== paced)
  const used = await slotsOf(transaction, account, counted, nowMs)
  const rooms = counted.map((rate) => roomIn(rate, used.get(rate.windowMs) ?? [], nowMs + claimAheadMs))
  if (paced !== null) rooms.push(startsLeft(paced, freeFromMs, nowMs, claimAheadMs))
  return Math.min(...rooms)
}

/**
 * Reserves starts for an account, none earlier than `earliestMs`; null when it has no limits. The account's row is
 * locked, so that all workers of the installation together keep every limit. Limits that somebody set go before the
 * usual ones.
 */
export async function reserveStarts(
  transaction: Knex.Transaction,
  database: Pick<Database, 'dialect'>,
  usual: readonly Rate[],
  { account, wanted, nowMs, earliestMs }: Wish,
): Promise<Reservation | null> {
  const row = transaction('vendor_accounts').where({ account })
  const { rates, freeFromMs } = await readAccount(database.dialect === 'sqlite' ? row : row.forUpdate(), usual)
  if (rates.length === 0) return null
  const paced = pacedRate(rates)
  const counted = rates.filter((rate) => rate !== paced)
  const used = await slotsOf(transaction, account, counted, nowMs)
  const room = Math.min(wanted, ...counted.map((rate) => roomIn(rate, used.get(rate.windowMs) ?? [], nowMs)))
  const plan =
    paced === null
      ? { startsMs: Array.from({ length: room }, () => earliestMs), freeFromMs, waitMs: 0 }
      : planStarts(paced, freeFromMs, earliestMs, room)
  await countStarts(transaction, account, counted, plan.startsMs, nowMs)
  if (plan.freeFromMs !== freeFromMs) await keepPace(transaction, account, plan.freeFromMs)
  const waits = counted.map((rate) => {
    const slots = [
      ...(used.get(rate.windowMs) ?? []),
      ...plan.startsMs.map((atMs) => ({ slot: slotOf(rate, atMs), starts: 1 })),
    ]
    return roomIn(rate, slots, nowMs) === 0 ? waitMsIn(rate, slots, nowMs) : 0
  })
  return {
    startsMs: plan.startsMs,
    toleranceMs: Math.min(...rates.map(toleranceMsOf)),
    waitMs: Math.max(plan.waitMs, ...waits),
  }
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

async function readAccount(row: Knex.QueryBuilder, usual: readonly Rate[]): Promise<Account> {
  const found: { rates: string | null; free_from_us: number } | undefined = await row.first('rates', 'free_from_us')
  return { rates: readRates(found?.rates ?? null) ?? usual, freeFromMs: Number(found?.free_from_us ?? 0) / 1_000 }
}

async function keepPace(transaction: Knex.Transaction, account: string, freeFromMs: number): Promise<void> {
  await transaction('vendor_accounts')
    .where({ account })
    .update({ free_from_us: Math.ceil(freeFromMs * 1_000) })
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
  if (rates.length === 0) return new Map()
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

/** Counts the starts in the slots of every window, and forgets the slots that no window reaches any more. */
async function countStarts(
  transaction: Knex.Transaction,
  account: string,
  rates: readonly Rate[],
  startsMs: readonly number[],
  nowMs: number,
): Promise<void> {
  for (const rate of rates) {
    const bySlot = new Map<number, number>()
    for (const atMs of startsMs) bySlot.set(slotOf(rate, atMs), (bySlot.get(slotOf(rate, atMs)) ?? 0) + 1)
    for (const [slot, starts] of bySlot) await countInSlot(transaction, account, rate, slot, starts, nowMs)
  }
}

async function countInSlot(
  transaction: Knex.Transaction,
  account: string,
  rate: Rate,
  slot: number,
  starts: number,
  nowMs: number,
): Promise<void> {
  const known = await transaction('rate_slots')
    .where({ account, window_ms: rate.windowMs, slot })
    .increment('starts', starts)
  if (known !== 0) return
  await transaction('rate_slots').insert({ account, window_ms: rate.windowMs, slot, starts })
  await transaction('rate_slots')
    .where({ account, window_ms: rate.windowMs })
    .where('slot', '<', firstSlotOf(rate, nowMs))
    .delete()
}

function slotOf(rate: Rate, atMs: number): number {
  return Math.floor(atMs / slotMsOf(rate))
}
