import { rankOf } from '../../src/message/delivery-status.ts'
import { isTerminal } from '../../src/message/dispatch-state.ts'
import { joinReceipts, type Receipt } from '../../src/message/join-receipts.ts'
import type { DeliveryPolicy } from '../../src/message/policy.ts'
import { receiptKey } from '../../src/receiving/receipt-key.ts'
import type { RawReceipt } from '../../src/receiving/receipt-store.ts'
import { readReceiptWord } from '../../src/receiving/receipt-words.ts'
import type { MemoryMessage, MemoryRows } from '../../src/testing/memory-rows.ts'

/** A promise of the design was broken. The name begins with the number of the invariant. */
export class Violation extends Error {}

export function demand(isKept: boolean, invariant: string): asserts isKept {
  if (!isKept) throw new Violation(invariant)
}

/** Looks at everything after each step, and remembers what it saw to compare it with the next. */
export function createWatch(rows: MemoryRows, policy: DeliveryPolicy): () => void {
  const before = new Map<string, Seen>()
  const watchSnapshots = createSnapshotWatch(rows)
  return () => {
    for (const message of rows.messages.values()) {
      const { messageId, standing, delivery, attempts } = message
      const seen = before.get(messageId)
      // What changes is replaced, so a row whose parts are the same objects is the same.
      if (seen?.standing === standing && seen.delivery === delivery && seen.attempts === attempts) continue
      watchMessage(message, seen, policy)
      before.set(messageId, { standing, delivery, attempts })
    }
    watchSnapshots()
  }
}

/** Looks again only when the number of messages or an audience has changed: no message gives its place to another. */
function createSnapshotWatch(rows: MemoryRows): () => void {
  const snapshots = new Map<string, string>()
  const audiences = new Map<string, number>()
  let messages = 0
  const isAsSeen = () => {
    if (rows.messages.size !== messages || rows.runs.size !== audiences.size) return false
    for (const { runId, audience } of rows.runs.values()) if (audiences.get(runId) !== audience) return false
    return true
  }
  return () => {
    if (isAsSeen()) return
    messages = rows.messages.size
    for (const { runId, audience } of rows.runs.values()) {
      audiences.set(runId, audience)
      const ids = [...rows.messages.keys()].filter((id) => id.startsWith(`${runId}.`))
      const known = snapshots.get(runId) ?? ids.join()
      snapshots.set(runId, known)
      demand(known === ids.join(), 'S1b the snapshot does not change')
      demand(ids.length === audience, 'S1 the books balance')
    }
  }
}

type Seen = Pick<MemoryMessage, 'standing' | 'delivery' | 'attempts'>

function watchMessage(
  { standing, delivery, attempts, body }: MemoryMessage,
  before: Seen | undefined,
  policy: DeliveryPolicy,
): void {
  const { dispatch } = standing
  if (dispatch === 'PENDING' || dispatch === 'RENDER_FAILED')
    demand(attempts.length === 0, 'S23 what was never tried has no attempt')
  if (delivery.decidedBy !== null)
    demand(attempts.length > 0 && dispatch === 'ACCEPTED', 'S23 a receipt belongs to something sent')
  if (attempts.some(({ result }) => result === 'accepted'))
    demand(dispatch === 'ACCEPTED', 'S6b what was heard stays heard')
  demand(
    attempts.every((attempt) => attempt.body === body),
    'S5 one message has one text',
  )
  demand(new Set(attempts.map(({ key }) => key)).size <= 1, 'S5 one message has one key')
  const made = attempts.filter(({ result }) => result !== 'throttled' && result !== 'withheld').length
  demand(made <= policy.maxAttempts, 'S16 no more attempts than allowed')
  demand(
    attempts.filter(({ result }) => result === 'throttled').length <= policy.maxThrottles,
    'S16 no more throttles than allowed',
  )
  if (before === undefined) return
  demand(standing.token >= before.standing.token, 'S6 tokens only grow')
  demand(rankOf(delivery.status) >= rankOf(before.delivery.status), 'S8b a status never goes back')
  if (isTerminal(before.standing.dispatch) && before.standing.dispatch !== dispatch) {
    demand(dispatch === 'ACCEPTED', 'S7 what has ended changes only by proof')
  }
}

/** What must be so when nothing is left to do. */
export function watchEnd(rows: MemoryRows, effects: ReadonlyMap<string, number>, taken: ReadonlySet<RawReceipt>): void {
  for (const receipt of taken) {
    demand(rows.receipts.has(`${receipt.account} ${receiptKey(receipt)}`), 'S10 a receipt that was taken is kept')
  }
  for (const message of rows.messages.values()) {
    const { standing, attempts } = message
    demand(isTerminal(standing.dispatch), `L1 everybody is accounted for (${standing.dispatch})`)
    // A receipt may have proven it while its worker died; then nobody needs to know how that attempt ended.
    const isOpen = attempts.some(({ result }) => result === 'open')
    demand(!isOpen || standing.dispatch === 'ACCEPTED', 'L4 no attempt stays open')
    const reached = effects.get(message.messageId) ?? 0
    if (standing.dispatch === 'ACCEPTED') demand(reached > 0, 'S18 nobody is counted as reached who was not')
    if (reached > 0) {
      demand(
        ['ACCEPTED', 'UNCONFIRMED'].includes(standing.dispatch),
        `S6b whoever was reached is not given up (${standing.dispatch})`,
      )
    }
    watchReceipts(rows, message)
  }
  demand(rows.inbox.length === 0, 'L3 the inbox is empty')
  for (const { place, raw } of rows.receipts.values()) {
    if (place === 'quarantined')
      demand(messageOf(rows, raw.messageId, raw.vendorMessageId) === undefined, 'S11 no known receipt waits')
  }
}

function watchReceipts(rows: MemoryRows, message: MemoryMessage): void {
  const joined: Receipt[] = []
  for (const { key, raw, place, receivedAtMs } of rows.receipts.values()) {
    const says = readReceiptWord(raw.status)
    if (says === null || messageOf(rows, raw.messageId, raw.vendorMessageId) !== message) continue
    demand(place === 'joined', `S11 every receipt is joined (${place})`)
    joined.push({ key, says, occurredAtMs: raw.occurredAtMs ?? receivedAtMs, reason: raw.reason })
  }
  const expected = joinReceipts(joined.reverse())
  demand(expected.status === message.delivery.status, 'S8 the status follows from the set of receipts')
  demand(expected.decidedBy === message.delivery.decidedBy, 'S8 the deciding receipt follows from the set of receipts')
  if (joined.length > 0) demand(message.standing.dispatch === 'ACCEPTED', 'S6b a receipt is proof')
}

function messageOf(
  rows: MemoryRows,
  messageId: string | null,
  vendorMessageId: string | null,
): MemoryMessage | undefined {
  const ours = messageId === null ? undefined : rows.messages.get(messageId)
  if (ours !== undefined || vendorMessageId === null) return ours
  return [...rows.messages.values()].find(({ attempts }) =>
    attempts.some((attempt) => attempt.vendorMessageId === vendorMessageId),
  )
}
