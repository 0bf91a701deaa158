import { describe, expect, it } from 'vitest'
import { deliveryStatuses } from '../../src/message/delivery-status.ts'
import { dispatchStates } from '../../src/message/dispatch-state.ts'
import { progressOf } from '../../src/message/progress.ts'
import { wireStatus } from '../../src/message/wire-status.ts'

describe('the books of a run', () => {
  it('balance when everybody is somewhere, and only then', () => {
    const tallies = [
      { dispatch: 'ACCEPTED', delivery: 'delivered', count: 5 },
      { dispatch: 'ACCEPTED', delivery: 'none', count: 2 },
      { dispatch: 'ACCEPTED', delivery: 'failed', count: 1 },
      { dispatch: 'UNCONFIRMED', delivery: 'none', count: 1 },
      { dispatch: 'IN_DOUBT', delivery: 'none', count: 1 },
    ] as const
    expect(progressOf(10, tallies)).toMatchObject({ isBalanced: true, accepted: 8, awaitingReceipt: 2, finished: 9 })
    expect(progressOf(11, tallies).isBalanced).toBe(false)
    expect(progressOf(10, tallies).byWireStatus).toEqual({
      PENDING: 1,
      SENT: 2,
      DELIVERED: 5,
      FAILED: 2,
      BOUNCED: 0,
      SKIPPED: 0,
      CANCELLED: 0,
    })
  })

  it('have a word for every place of both axes', () => {
    for (const dispatch of dispatchStates) {
      for (const delivery of deliveryStatuses) expect(wireStatus(dispatch, delivery)).toBeTypeOf('string')
    }
  })
})
