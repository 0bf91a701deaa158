import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { insertRows } from '../database/insert-rows.ts'
import type { Conduct } from './vendor-conduct.ts'
import type { OwedReceipt, VendorReply, VendorRequest } from './vendor-words.ts'

interface HashedRequest extends VendorRequest {
  readonly bodyHash: string
}

type Draw = (request: VendorRequest, earlierRequests: number) => Conduct

/** What the simulated vendor remembers. */
export interface SimulatedVendorStore {
  /** Takes requests in one transaction: each key takes effect once, however often and from wherever it comes. */
  take(requests: readonly HashedRequest[], draw: Draw, knowsKeys: boolean): Promise<readonly VendorReply[]>
  dueReceipts(nowMs: number, limit: number): Promise<readonly OwedReceipt[]>
  settleReceipts(
    done: readonly string[],
    again: readonly { readonly id: string; readonly dueAtMs: number }[],
  ): Promise<void>
}

/** Keeps the vendor's memory in tables of its own, which nothing else of the program reads. */
export function createSimulatedVendorStore({ knex, dialect }: Database): SimulatedVendorStore {
  return {
    take: (requests, draw, knowsKeys) =>
      inTransaction(
        knex,
        async (transaction) => {
          if (dialect === 'sqlite')
            await transaction('simulated_vendor_messages').whereRaw('1 = 0').update({ requests: 0 })
          return takeAll(transaction, dialect, requests, draw, knowsKeys)
        },
        isDuplicateKey,
      ),
    dueReceipts: async (nowMs, limit) => {
      const rows = await knex('simulated_vendor_receipts')
        .where('due_at_ms', '<=', nowMs)
        .orderBy(['due_at_ms', 'id'])
        .limit(limit)
        .select()
      return rows.map((row) => ({
        id: row.id,
        messageId: row.message_id,
        vendorMessageId: row.vendor_message_id,
        receiptId: row.receipt_id,
        status: row.status,
        errorMessage: row.error_message,
        occurredAtMs: row.occurred_at_ms,
        tries: row.tries,
      }))
    },
    settleReceipts: async (done, again) => {
      if (done.length > 0)
        await knex('simulated_vendor_receipts')
          .whereIn('id', [...done])
          .delete()
      for (const { id, dueAtMs } of again) {
        await knex('simulated_vendor_receipts').where({ id }).update({ due_at_ms: dueAtMs }).increment('tries', 1)
      }
    },
  }
}

interface Memory {
  readonly requests: number
  readonly deliveries: number
  readonly bodyHash: string
}

/** Reads what is known of the keys once, goes through the requests in order, and writes what changed once. */
async function takeAll(
  transaction: Knex.Transaction,
  dialect: Database['dialect'],
  requests: readonly HashedRequest[],
  draw: Draw,
  knowsKeys: boolean,
): Promise<readonly VendorReply[]> {
  const before = await recall(transaction, dialect, requests)
  const memory = new Map(before)
  const firsts = new Map<string, ReturnType<typeof firstRow>>()
  const receipts: ReturnType<typeof receiptRows> = []
  const replies = requests.map((request): VendorReply => {
    const { idempotencyKey, bodyHash } = request
    const known = memory.get(idempotencyKey) ?? { requests: 0, deliveries: 0, bodyHash }
    if (known.bodyHash !== bodyHash) return { kind: 'key-mismatch' }
    const conduct = draw(request, known.requests)
    const isEffective = conduct.takesEffect && (!knowsKeys || known.deliveries === 0)
    if (known.requests === 0) firsts.set(idempotencyKey, firstRow(request, conduct))
    if (isEffective) receipts.push(...receiptRows(request, conduct, known.requests))
    memory.set(idempotencyKey, {
      requests: known.requests + 1,
      deliveries: known.deliveries + (isEffective ? 1 : 0),
      bodyHash,
    })
    return replyOf(conduct, known.deliveries, knowsKeys)
  })
  await remember(transaction, before, memory, firsts)
  await insertRows(transaction, 'simulated_vendor_receipts', receipts)
  return replies
}

async function recall(
  transaction: Knex.Transaction,
  dialect: Database['dialect'],
  requests: readonly HashedRequest[],
): Promise<ReadonlyMap<string, Memory>> {
  const known = transaction('simulated_vendor_messages')
    .whereIn('idempotency_key', [...new Set(requests.map(({ idempotencyKey }) => idempotencyKey))])
    .select('idempotency_key', 'requests', 'deliveries', 'body_hash')
  const rows: { idempotency_key: string; requests: number; deliveries: number; body_hash: string }[] =
    await (dialect === 'sqlite' ? known : known.forUpdate())
  return new Map(
    rows.map((row) => [
      row.idempotency_key,
      { requests: row.requests, deliveries: row.deliveries, bodyHash: row.body_hash },
    ]),
  )
}

async function remember(
  transaction: Knex.Transaction,
  before: ReadonlyMap<string, Memory>,
  after: ReadonlyMap<string, Memory>,
  firsts: ReadonlyMap<string, ReturnType<typeof firstRow>>,
): Promise<void> {
  const fresh = [...firsts].map(([key, row]) => ({
    ...row,
    requests: after.get(key)?.requests,
    deliveries: after.get(key)?.deliveries,
  }))
  await insertRows(transaction, 'simulated_vendor_messages', fresh)
  for (const [key, { requests, deliveries }] of after) {
    const known = before.get(key)
    if (known === undefined || known.requests === requests) continue
    await transaction('simulated_vendor_messages').where('idempotency_key', key).update({ requests, deliveries })
  }
}

function firstRow({ idempotencyKey, messageId, customerId, bodyHash }: HashedRequest, conduct: Conduct) {
  return {
    idempotency_key: idempotencyKey,
    message_id: messageId,
    vendor_message_id: conduct.vendorMessageId,
    customer_id: customerId,
    body_hash: bodyHash,
    accepted_at_ms: conduct.atMs,
  }
}

function receiptRows({ messageId }: VendorRequest, { vendorMessageId, receipts }: Conduct, request: number) {
  return receipts.map((receipt, index) => ({
    id: `${vendorMessageId}-${request}-${index}`,
    message_id: messageId,
    vendor_message_id: vendorMessageId,
    receipt_id: receipt.receiptId,
    status: receipt.status,
    error_message: receipt.errorMessage,
    occurred_at_ms: receipt.occurredAtMs,
    due_at_ms: receipt.dueAtMs,
    tries: 0,
  }))
}

/** A vendor that recognises a key answers as if for the first time, and never that it was too busy to have taken it. */
function replyOf(conduct: Conduct, earlierDeliveries: number, knowsKeys: boolean): VendorReply {
  if (knowsKeys && earlierDeliveries > 0) return { kind: 'accepted', vendorMessageId: conduct.vendorMessageId }
  switch (conduct.answer) {
    case 'accepted':
      return { kind: 'accepted', vendorMessageId: conduct.vendorMessageId }
    case 'throttled':
      return { kind: 'throttled', retryAfterSeconds: conduct.retryAfterSeconds }
    case 'broken':
    case 'silence':
      return { kind: conduct.answer }
  }
}

/** Two processes took the same new key at once; the second then finds it known. */
function isDuplicateKey(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(String(error.code))
  )
}
