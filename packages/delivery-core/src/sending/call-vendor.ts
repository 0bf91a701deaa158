import type { VendorAnswer } from '../message/vendor-answer.ts'
import type { Clock } from '../time/clock.ts'
import type { OutgoingMessage, Vendor } from './vendor.ts'

/**
 * One call with one deadline over the whole of it. An answer that does not come in time is lost, whether or not the
 * adapter obeys its signal; so is one from an adapter that throws.
 */
export function callVendor(
  vendor: Vendor,
  message: OutgoingMessage,
  deadlineMs: number,
  clock: Clock,
): Promise<VendorAnswer> {
  const hasEnded = new AbortController()
  return new Promise((resolve) => {
    const cancel = clock.after(deadlineMs, () => {
      resolve({ kind: 'lost', detail: `no answer within ${deadlineMs} ms` })
      hasEnded.abort()
    })
    const finish = (answer: VendorAnswer) => {
      cancel()
      resolve(answer)
    }
    vendor.send(message, hasEnded.signal).then(finish, () => finish({ kind: 'lost', detail: 'the adapter failed' }))
  })
}
