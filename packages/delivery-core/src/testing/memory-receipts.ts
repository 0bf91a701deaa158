import { receiptKey } from '../receiving/receipt-key.ts'
import {
  type Drain,
  type Fold,
  quarantineBounds,
  type RawReceipt,
  type ReceiptStore,
} from '../receiving/receipt-store.ts'
import { readReceiptWord } from '../receiving/receipt-words.ts'
import type { MemoryMessage, MemoryReceipt, ReceiptPlace } from './memory-rows.ts'
import { type Context, runOf } from './store-rules.ts'

/** The inbox and its joining, in memory. */
export function receiptStore(context: Context): ReceiptStore {
  const { rows, nowMs } = context
  return {
    append: async (receipts) => {
      for (const raw of receipts) rows.inbox.push({ raw, receivedAtMs: nowMs() })
    },
    fold: async (limit) => {
      const fold: { -readonly [Name in keyof Fold]: number } = {
        taken: 0,
        joined: 0,
        repeated: 0,
        quarantined: 0,
        impossible: 0,
        unreadable: 0,
        lateProofs: 0,
        contradictions: 0,
      }
      for (const { raw, receivedAtMs } of rows.inbox.splice(0, limit)) {
        fold.taken++
        const message = messageFor(context, raw)
        const before = flagsOf(message)
        const place = foldOne(context, raw, receivedAtMs)
        const after = flagsOf(message)
        if (after.isLateProof && !before.isLateProof) fold.lateProofs++
        if (after.isContradictory && !before.isContradictory) fold.contradictions++
        if (place === 'late') fold.joined++
        else fold[place]++
      }
      return fold
    },
    drain: async (limit) => {
      const { outdated, crowdedOut } = shorten(context)
      let joined = 0
      for (const receipt of rows.receipts.values()) {
        if (receipt.place !== 'quarantined' || joined >= limit) continue
        const message = messageFor(context, receipt.raw)
        if (message !== undefined && !context.rules.isDrainedInto(message)) continue
        receipt.place = join(context, receipt.raw, receipt)
        if (receipt.place !== 'quarantined') joined++
      }
      return { joined, outdated, crowdedOut }
    },
  }
}

/** Lets go of what is too old, and then of the oldest of what is too much. */
function shorten({ rows, nowMs }: Context): Pick<Drain, 'outdated' | 'crowdedOut'> {
  const waiting = [...rows.receipts.values()].filter(({ place }) => place === 'quarantined')
  const outdated = waiting.filter(({ receivedAtMs }) => receivedAtMs + quarantineBounds.keepMs < nowMs())
  const kept = waiting
    .filter((receipt) => !outdated.includes(receipt))
    .sort((one, other) => one.receivedAtMs - other.receivedAtMs)
  const crowdedOut = kept.slice(0, Math.max(0, kept.length - quarantineBounds.mostReceipts))
  for (const { key } of [...outdated, ...crowdedOut]) rows.receipts.delete(key)
  return { outdated: outdated.length, crowdedOut: crowdedOut.length }
}

function flagsOf(message: MemoryMessage | undefined) {
  return {
    isLateProof: message?.hasLateProof === true,
    isContradictory: message?.delivery.hasPositive === true && message.delivery.hasNegative,
  }
}

function foldOne(context: Context, raw: RawReceipt, receivedAtMs: number): ReceiptPlace | 'repeated' {
  const key = `${raw.account} ${receiptKey(raw)}`
  const known = context.rows.receipts.get(key)
  if (known !== undefined) {
    known.seen++
    return 'repeated'
  }
  const receipt: MemoryReceipt = { key, raw, receivedAtMs, place: 'quarantined', seen: 1 }
  receipt.place = join(context, raw, receipt)
  if (receipt.place !== 'quarantined' || context.rules.isUnknownKept) context.rows.receipts.set(key, receipt)
  return receipt.place
}

function join(context: Context, raw: RawReceipt, receipt: MemoryReceipt): ReceiptPlace {
  const { policy, rules, nowMs } = context
  const says = readReceiptWord(raw.status)
  if (says === null) return 'unreadable'
  const message = messageFor(context, raw)
  if (message === undefined) return 'quarantined'
  const after = rules.afterReceipt(
    {
      standing: message.standing,
      delivery: message.delivery,
      firstIntentAtMs: message.attempts[0]?.startedAtMs ?? null,
      acceptedAtMs: message.acceptedAtMs,
    },
    { key: receipt.key, says, occurredAtMs: raw.occurredAtMs ?? receipt.receivedAtMs, reason: raw.reason },
    nowMs(),
    policy,
  )
  message.standing = after.standing
  message.delivery = after.delivery
  message.hasLateProof ||= after.isLateProof
  if (message.standing.dispatch === 'ACCEPTED') message.acceptedAtMs ??= nowMs()
  return after.kind
}

/** By our own id, else by the vendor's; only within the account that the receipt came from. */
function messageFor(context: Context, raw: RawReceipt): MemoryMessage | undefined {
  const ours = raw.messageId === null ? undefined : context.rows.messages.get(raw.messageId)
  const found =
    ours ??
    [...context.rows.messages.values()].find(
      (message) =>
        raw.vendorMessageId !== null &&
        message.attempts.some((attempt) => attempt.vendorMessageId === raw.vendorMessageId),
    )
  return found !== undefined && runOf(context, found).account === raw.account ? found : undefined
}
