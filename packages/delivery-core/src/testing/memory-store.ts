import type { DeliveryPolicy } from '../message/policy.ts'
import type { ReceiptStore } from '../receiving/receipt-store.ts'
import type { MessageStore } from '../sending/message-store.ts'
import type { RunBook } from '../sending/run-book.ts'
import type { Clock } from '../time/clock.ts'
import { messageStore } from './memory-messages.ts'
import { receiptStore } from './memory-receipts.ts'
import { emptyRows, type MemoryRows } from './memory-rows.ts'
import { type MemoryOperator, operator, runBook } from './memory-runs.ts'
import { type Context, type StoreRules, soundRules } from './store-rules.ts'

/** A store that keeps the promises of all three ports in memory. Each call is one transaction. */
export interface MemoryStore {
  readonly messages: MessageStore
  readonly receipts: ReceiptStore
  readonly runs: RunBook
  readonly operator: MemoryOperator
  readonly rows: MemoryRows
}

/** An empty store whose time is this clock's. */
export function createMemoryStore(
  clock: Pick<Clock, 'nowMs'>,
  policy: DeliveryPolicy,
  rows: MemoryRows = emptyRows(),
  rules: StoreRules = soundRules,
): MemoryStore {
  const context: Context = { rows, policy, rules, nowMs: () => clock.nowMs() }
  return {
    messages: messageStore(context),
    receipts: receiptStore(context),
    runs: runBook(context),
    operator: operator(context),
    rows,
  }
}
