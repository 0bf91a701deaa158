import { type DeliveryPolicy, type Drain, quarantineBounds } from '@muster/delivery-core'
import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { withMessages } from './find-messages.ts'
import { joinIntoMessages } from './join-receipts.ts'
import { type InboxRow, inboxColumns, keyOf } from './receipt-rows.ts'
import type { Writing } from './writing.ts'

/**
 * So many of the newest are looked at each time, and so many of the others in turn: a message mostly becomes known
 * within seconds, and a quarantine full of strangers must not cost more than a look at a thousand rows.
 */
const lookAtOnce = 500

/** Counting to a million takes a fifth of a second. */
const countEveryMs = 60_000

/** Looks at the quarantine, remembering where it was. */
export type DrainQuarantine = (writing: Writing, limit: number) => Promise<Drain>

/** Joins quarantined receipts whose message has become known; gives up the outdated, and the oldest of too many. */
export function createDrainQuarantine(
  database: Database,
  policy: DeliveryPolicy,
  mostReceipts: number = quarantineBounds.mostReceipts,
): DrainQuarantine {
  let turnFromMs = 0
  let countedAtMs = Number.NEGATIVE_INFINITY
  return async (writing, limit) => {
    const { transaction, nowMs } = writing
    const outdated = await deleteOlderThan(transaction, nowMs - quarantineBounds.keepMs)
    const isCounting = nowMs - countedAtMs >= countEveryMs
    if (isCounting) countedAtMs = nowMs
    const crowdedOut = isCounting ? await crowdOut(transaction, mostReceipts) : 0
    const newest = await quarantined(transaction).orderBy('received_at_ms', 'desc').limit(lookAtOnce)
    const others = newest.length < lookAtOnce ? [] : await inTurn(transaction, turnFromMs)
    turnFromMs = nextTurnMs(others)
    const joined = await joinKnown(database, writing, [...newest, ...others], policy, limit)
    return { joined, outdated, crowdedOut }
  }
}

function quarantined(transaction: Knex.Transaction): Knex.QueryBuilder<InboxRow, InboxRow[]> {
  return transaction<InboxRow, InboxRow[]>('receipts')
    .where('place', 'quarantined')
    .select([...inboxColumns])
}

/** The next in turn. Those that came in one millisecond stay together, so that none of them is passed over. */
async function inTurn(transaction: Knex.Transaction, fromMs: number): Promise<readonly InboxRow[]> {
  const page = await quarantined(transaction)
    .where('received_at_ms', '>=', fromMs)
    .orderBy('received_at_ms')
    .limit(lookAtOnce)
  const last = page.at(-1)
  if (last === undefined || page.length < lookAtOnce) return page
  const ties = await quarantined(transaction).where('received_at_ms', last.received_at_ms)
  return [...page.filter(({ received_at_ms }) => received_at_ms < last.received_at_ms), ...ties]
}

/** Behind the last one; from the beginning when there were no more. */
function nextTurnMs(seen: readonly InboxRow[]): number {
  const last = seen.at(-1)
  return last === undefined || seen.length < lookAtOnce ? 0 : last.received_at_ms + 1
}

async function joinKnown(
  database: Database,
  { transaction, nowMs }: Writing,
  rows: readonly InboxRow[],
  policy: DeliveryPolicy,
  limit: number,
): Promise<number> {
  if (rows.length === 0) return 0
  const byKey = new Map(rows.map((row) => [`${row.account} ${keyOf(row)}`, row]))
  const known = (await withMessages(database, transaction, byKey))
    .filter(({ messageId }) => messageId !== null)
    .slice(0, limit)
  if (known.length === 0) return 0
  await joinIntoMessages(database, { transaction, nowMs }, known, policy)
  for (const { key, row, place, messageId } of known) {
    await transaction('receipts')
      .where({ account: row.account, receipt_key: key })
      .update({ place, joined_message_id: messageId })
  }
  return known.filter(({ place }) => place !== 'quarantined').length
}

function deleteOlderThan(transaction: Knex.Transaction, beforeMs: number): PromiseLike<number> {
  return transaction('receipts').where('place', 'quarantined').where('received_at_ms', '<', beforeMs).delete()
}

/** The oldest go until no more are left than may stay; those of one millisecond go together. */
async function crowdOut(transaction: Knex.Transaction, most: number): Promise<number> {
  const first: { received_at_ms: number } | undefined = await transaction('receipts')
    .where('place', 'quarantined')
    .orderBy('received_at_ms', 'desc')
    .offset(most)
    .first('received_at_ms')
  return first === undefined ? 0 : deleteOlderThan(transaction, first.received_at_ms + 1)
}
