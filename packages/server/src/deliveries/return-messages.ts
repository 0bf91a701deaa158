import { advance, type Return } from '@muster/delivery-core'
import type { Database } from '../database/connect.ts'
import { lockMessages, standingColumns, standingOf, updateMessages } from './message-rows.ts'
import type { RowChange } from './update-rows.ts'
import type { Writing } from './writing.ts'

/** Ends claims under which nothing was sent. What is returned under a stale token is somebody else's now. */
export async function returnMessages(
  database: Database,
  { transaction, nowMs }: Writing,
  returns: readonly Return[],
): Promise<void> {
  const messages = await lockMessages(
    transaction,
    database,
    returns.map(({ messageId }) => messageId),
  )
  const changes: RowChange[] = []
  for (const { messageId, token, kind, waitMs, reason } of returns) {
    const message = messages.get(messageId)
    if (message === undefined || message.token !== token) continue
    if (message.dispatch !== 'LEASED' && message.dispatch !== 'IN_DOUBT') continue
    const standing = standingOf(message)
    const next = advance(standing, kind === 'unrenderable' ? { kind } : { kind: 'released', dueAtMs: nowMs + waitMs })
    const failed = kind === 'unrenderable' ? { failed_at_ms: nowMs, failure_reason: reason } : {}
    changes.push({ id: messageId, set: { ...standingColumns(next, nowMs), ...failed } })
  }
  await updateMessages(transaction, database, changes)
}
