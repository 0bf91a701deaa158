import { deliveryStatuses, dispatchStates, type WireStatus, wireStatus } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { afterKey, type Key } from '../database/keyset.ts'
import { type ListedMessage, readMessages } from './list-messages.ts'

/** Which messages of a run are wanted. Null: whatever it is. */
export interface MessageFilter {
  readonly status: WireStatus | null
  /** The code of the reason for which they did not arrive. */
  readonly reason: string | null
  readonly variant: string | null
  /** Text in the name or the address of the person. */
  readonly search: string | null
}

/** Whose messages: a campaign's, which the caller has found in the workspace, and its run's. */
export interface RunOfMessages {
  readonly campaignId: string
  readonly runId: string
}

/** Where a message stands in the order of its list. */
export function messageKey({ createdAtMs, messageId }: ListedMessage): Key {
  return { value: createdAtMs, id: messageId }
}

/** One page of a run's messages, newest first, behind `after`. Whoever was written to again is there once for each time. */
export async function searchMessages(
  knex: Knex,
  run: RunOfMessages,
  filter: MessageFilter,
  page: { readonly after: Key | null; readonly limit: number; readonly offset: number },
): Promise<readonly ListedMessage[]> {
  const found = matching(knex, run, filter)
    .orderBy([
      { column: 'messages.created_at_ms', order: 'desc' },
      { column: 'messages.id', order: 'desc' },
    ])
    .limit(page.limit)
    .offset(page.offset)
    .select('messages.id')
  if (page.after !== null) afterKey(found, { value: 'messages.created_at_ms', id: 'messages.id' }, true, page.after)
  const ids: { id: string }[] = await found
  return readMessages(
    knex,
    ids.map(({ id }) => id),
  )
}

/** How many messages a filter leaves. */
export async function countMatching(knex: Knex, run: RunOfMessages, filter: MessageFilter): Promise<number> {
  const [row] = await matching(knex, run, filter).count({ count: '*' })
  return Number(row?.['count'])
}

function matching(
  knex: Knex,
  { campaignId, runId }: RunOfMessages,
  { status, reason, variant, search }: MessageFilter,
): Knex.QueryBuilder {
  // By the campaign alone: the workspace is in no index beside it, and naming it would read every row to count them.
  const rows = knex('messages').where('messages.campaign_id', campaignId)
  // One index holds the order of the list, another one the states; naming the run as well leads into the second.
  if (status !== null) narrowToStatus(rows.where('messages.run_id', runId), status)
  if (reason !== null) rows.where('messages.failure_code', reason)
  if (variant !== null) rows.where('messages.variant', variant)
  if (search !== null) {
    rows
      .join('customers', (join) =>
        join.on('customers.id', 'messages.customer_id').andOn('customers.workspace_id', 'messages.workspace_id'),
      )
      .whereRaw('(instr(customers.name_folded, ?) > 0 or instr(customers.email_folded, ?) > 0)', [
        folded(search),
        folded(search),
      ])
  }
  return rows
}

/** In the words of the two columns, because only those lead through the index. */
function narrowToStatus(rows: Knex.QueryBuilder, status: WireStatus): void {
  const states = dispatchStates.filter((dispatch) => dispatch !== 'ACCEPTED' && wireStatus(dispatch, 'none') === status)
  const heard = deliveryStatuses.filter((delivery) => wireStatus('ACCEPTED', delivery) === status)
  rows.where((either) => {
    either.whereIn('messages.dispatch', states)
    if (heard.length > 0)
      either.orWhere((accepted) => accepted.where('messages.dispatch', 'ACCEPTED').whereIn('messages.delivery', heard))
  })
}
