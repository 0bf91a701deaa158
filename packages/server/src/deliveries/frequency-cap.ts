import type { Knex } from 'knex'
import type { MessageRow } from './message-rows.ts'
import type { HeldRun } from './run-rows.ts'

const dayMs = 24 * 3_600_000

/** How many messages of each customer count against the cap of their workspace. Asked in the transaction that permits. */
export interface RecentMessages {
  /** Whether one more, to this customer and in this run, would be too many. */
  isCapReached(message: MessageRow, run: HeldRun): boolean
  /** One more was permitted in this transaction. */
  add(message: MessageRow, run: HeldRun): void
}

/**
 * Counts what the customers of these messages had lately, over all campaigns of their workspace: what is on its way,
 * whenever it set out, because a doubtful message may be sent once more; and what was sent within the cap's days, unless
 * the vendor said that it did not arrive. Tests count for nothing and are never capped. The customers must be locked
 * against each other's permits (`findObjections` does), or two campaigns could both find room for the last message.
 */
export async function countRecentMessages(
  transaction: Knex.Transaction,
  messages: readonly MessageRow[],
  runs: ReadonlyMap<string, HeldRun>,
  nowMs: number,
): Promise<RecentMessages> {
  const counts = new Map<string, number>()
  for (const [workspaceId, days] of cappedWorkspaces(runs)) {
    const ours = messages.filter(({ workspace_id }) => workspace_id === workspaceId)
    for (const { customer_id, count } of await countSince(transaction, workspaceId, ours, nowMs - days * dayMs))
      counts.set(customer_id, Number(count))
  }
  return {
    isCapReached: ({ customer_id }, { cap_messages, is_test }) =>
      cap_messages !== null && !is_test && (counts.get(customer_id) ?? 0) >= cap_messages,
    add: ({ customer_id, dispatch }, { is_test }) => {
      // A doubtful message was counted before it was permitted once more.
      if (!is_test && dispatch !== 'IN_DOUBT') counts.set(customer_id, (counts.get(customer_id) ?? 0) + 1)
    },
  }
}

/** Whether any of these runs belongs to a workspace with a cap. */
export function hasCap(runs: ReadonlyMap<string, HeldRun>): boolean {
  return [...runs.values()].some(({ cap_messages, is_test }) => cap_messages !== null && !is_test)
}

function cappedWorkspaces(runs: ReadonlyMap<string, HeldRun>): ReadonlyMap<string, number> {
  return new Map(
    [...runs.values()].flatMap(({ workspace_id, cap_messages, cap_days, is_test }) =>
      cap_messages === null || cap_days === null || is_test ? [] : [[workspace_id, cap_days] as const],
    ),
  )
}

/** Through the index `messages_of_customer`: what is read are the messages of these customers, and no others. */
function countSince(
  transaction: Knex.Transaction,
  workspaceId: string,
  messages: readonly MessageRow[],
  sinceMs: number,
): PromiseLike<readonly { readonly customer_id: string; readonly count: number | string }[]> {
  return transaction('messages as m')
    .join('runs as r', 'r.id', 'm.run_id')
    .where('m.workspace_id', workspaceId)
    .whereIn('m.customer_id', [...new Set(messages.map(({ customer_id }) => customer_id))])
    .where(counting(transaction.raw('?', [sinceMs])))
    .groupBy('m.customer_id')
    .select('m.customer_id')
    .count({ count: '*' })
}

/**
 * The customers who have had as many messages as the cap of their workspace allows, so that one more now would be too
 * many: as `customer_id`. Nobody where there is no cap.
 */
export function cappedCustomers(knex: Knex, workspaceId: string, nowMs: number): Knex.QueryBuilder {
  return knex('messages as m')
    .join('runs as r', 'r.id', 'm.run_id')
    .join('workspaces as w', 'w.id', 'm.workspace_id')
    .where('m.workspace_id', workspaceId)
    .whereNotNull('w.cap_messages')
    .where(counting(knex.raw(`? - w.cap_days * ${dayMs}`, [nowMs])))
    .groupBy('m.customer_id', 'w.cap_messages')
    .havingRaw('count(*) >= w.cap_messages')
    .select('m.customer_id')
}

/** Which messages count: those on their way, and those sent since then that may have arrived. */
function counting(since: Knex.Raw): (rows: Knex.QueryBuilder) => void {
  return (rows) => {
    rows
      .where('r.is_test', false)
      .where((counted) =>
        counted
          .whereIn('m.dispatch', ['SENDING', 'IN_DOUBT'])
          .orWhere((sent) =>
            sent
              .whereIn('m.dispatch', ['ACCEPTED', 'UNCONFIRMED'])
              .whereNotIn('m.delivery', ['failed', 'bounced'])
              .whereRaw('coalesce(m.sent_at_ms, m.failed_at_ms, m.first_intent_at_ms) > ?', [since]),
          ),
      )
  }
}
