import { describe, expect, it } from 'vitest'
import { createInbox, InboxFullError } from '../../src/receiving/inbox.ts'
import type { RawReceipt } from '../../src/receiving/receipt-store.ts'
import { createManualClock } from '../../src/testing/manual-clock.ts'

const receipt = (receiptId: string): RawReceipt => ({
  account: 'a',
  receiptId,
  messageId: 'm',
  vendorMessageId: null,
  status: 'SENT',
  occurredAtMs: null,
  reason: null,
})

describe('the inbox', () => {
  it('answers a receipt only when it is durable, and writes those together that came together', async () => {
    const batches: number[] = []
    let durable = 0
    const clock = createManualClock()
    const append = async (receipts: readonly RawReceipt[]) => {
      batches.push(receipts.length)
      await Promise.resolve()
      durable += receipts.length
    }
    const inbox = createInbox({ append }, clock, () => {})
    const answered: number[] = []
    const put = (index: number) => inbox.put(receipt(String(index))).then(() => answered.push(durable))
    const puts = [put(0)]
    expect(batches).toEqual([])
    for (let index = 1; index < 450; index++) puts.push(put(index))
    await clock.advance(0)
    await Promise.all(puts)
    expect(batches).toEqual([200, 200, 50])
    expect(Math.min(...answered)).toBe(200)
  })

  it('fails those, and only those, whose batch was not written', async () => {
    let isAway = true
    const clock = createManualClock()
    const append = async () => {
      if (isAway) throw new Error('away')
    }
    const inbox = createInbox({ append }, clock, () => {})
    const first = expect(inbox.put(receipt('1'))).rejects.toThrow('away')
    await clock.advance(0)
    await first
    isAway = false
    const second = inbox.put(receipt('1'))
    await clock.advance(0)
    await second
  })

  it('refuses at once when too many are waiting, and takes more when they are written', async () => {
    const clock = createManualClock()
    const inbox = createInbox({ append: async () => {} }, clock, () => {})
    const waiting = Array.from({ length: 10_000 }, (_, index) => inbox.put(receipt(String(index))))
    expect(inbox.isFull()).toBe(true)
    await expect(inbox.put(receipt('more'))).rejects.toThrow(InboxFullError)
    await clock.advance(0)
    await Promise.all(waiting)
    expect(inbox.isFull()).toBe(false)
  })
})
