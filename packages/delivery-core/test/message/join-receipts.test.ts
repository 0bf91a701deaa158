import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryStatuses, rankOf, receiptMarks } from '../../src/message/delivery-status.ts'
import {
  isContradictory,
  joinReceipt,
  joinReceipts,
  noDelivery,
  type Receipt,
} from '../../src/message/join-receipts.ts'

const receipts = fc.array(
  fc.record<Receipt>({
    key: fc.stringMatching(/^[a-d]{1,2}$/),
    says: fc.constantFrom(...deliveryStatuses.filter((status) => status !== 'none'), ...receiptMarks),
    occurredAtMs: fc.integer({ min: 0, max: 5 }),
    reason: fc.constant(null),
  }),
  { maxLength: 8 },
)

/** A key names one event, so whoever repeats a key repeats the whole receipt. */
function consistent(all: readonly Receipt[]): readonly Receipt[] {
  return all.map((receipt) => all.find((first) => first.key === receipt.key)!)
}

describe('joining receipts', () => {
  it('fault 32: does not depend on their order, nor on how often each came', () =>
    fc.assert(
      fc.property(receipts, fc.infiniteStream(fc.nat()), (drawn, picks) => {
        const once = consistent(drawn)
        const again = [...once]
        for (const _ of once)
          again.splice(
            (picks.next().value as number) % (again.length + 1),
            0,
            once[(picks.next().value as number) % once.length]!,
          )
        const shuffled = [...again].sort((one, other) => (again.indexOf(other) % 3) - (again.indexOf(one) % 3))
        expect(joinReceipts(shuffled)).toEqual(joinReceipts(once))
        expect(joinReceipts([...shuffled].reverse())).toEqual(joinReceipts(once))
      }),
      { numRuns: 2_000 },
    ))

  it('never goes back in rank', () =>
    fc.assert(
      fc.property(receipts, (drawn) => {
        let known = noDelivery
        for (const receipt of consistent(drawn)) {
          const next = joinReceipt(known, receipt)
          expect(rankOf(next.status)).toBeGreaterThanOrEqual(rankOf(known.status))
          known = next
        }
      }),
    ))

  it('believes the handset over the gateway, and the bounce over the relay, and says that they disagree', () => {
    const at = (says: Receipt['says'], key: string): Receipt => ({ key, says, occurredAtMs: 1, reason: key })
    const phone = joinReceipts([at('delivered', 'a'), at('failed', 'b')])
    expect(phone).toMatchObject({ status: 'delivered', decidedBy: 'a' })
    expect(isContradictory(phone)).toBe(true)
    const mail = joinReceipts([at('delivered', 'a'), at('bounced', 'b')])
    expect(mail).toMatchObject({ status: 'bounced', reason: 'b' })
    expect(isContradictory(mail)).toBe(true)
    expect(isContradictory(joinReceipts([at('sent', 'a'), at('delivered', 'b')]))).toBe(false)
  })

  it('keeps the first opening and does not take it for a status', () => {
    const opened = (occurredAtMs: number, key: string): Receipt => ({ key, says: 'opened', occurredAtMs, reason: null })
    expect(joinReceipts([opened(9, 'a'), opened(4, 'b'), opened(6, 'c')])).toMatchObject({
      status: 'none',
      openedAtMs: 4,
    })
  })
})
