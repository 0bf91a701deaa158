import { describe, expect, it } from 'vitest'
import { createInbox, InboxFullError } from '../../src/receiving/inbox.ts'
import type { RawReceipt } from '../../src/receiving/receipt-store.ts'

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
    const inbox = createInbox(
      {
        append: async (receipts) => {
          batches.push(receipts.length)
          await Promise.resolve()
          durable += receipts.length
        },
      },
      () => {},
    )
    await inbox.put(receipt('0'))
    expect(durable).toBe(1)
    await Promise.all(Array.from({ length: 450 }, (_, index) => inbox.put(receipt(String(index)))))
    expect(durable).toBe(451)
    expect(batches).toEqual([1, 200, 200, 50])
  })

  it('fails those, and only those, whose batch was not written', async () => {
    let isAway = true
    const inbox = createInbox(
      { append: async () => (isAway ? Promise.reject(new Error('away')) : undefined) },
      () => {},
    )
    await expect(inbox.put(receipt('1'))).rejects.toThrow('away')
    isAway = false
    await inbox.put(receipt('1'))
  })

  it('refuses at once when too many are waiting, and takes more when they are written', async () => {
    let write = () => {}
    const inbox = createInbox({ append: () => new Promise<void>((resolve) => (write = resolve)) }, () => {})
    const waiting = Array.from({ length: 10_000 }, (_, index) => inbox.put(receipt(String(index))))
    expect(inbox.isFull()).toBe(true)
    await expect(inbox.put(receipt('more'))).rejects.toThrow(InboxFullError)
    for (let batch = 0; batch < 50; batch++) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
      write()
    }
    await Promise.all(waiting)
    expect(inbox.isFull()).toBe(false)
  })
})
