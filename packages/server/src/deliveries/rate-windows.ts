import type { Rate } from '@muster/delivery-core'

/** How many calls started in one slot, a fiftieth of its window. */
export interface Slot {
  readonly slot: number
  readonly starts: number
}

const slotsPerWindow = 50

/** The length of the slots in which starts are counted. */
export function slotMsOf({ windowMs }: Rate): number {
  return Math.max(1, Math.floor(windowMs / slotsPerWindow))
}

/**
 * A call starts a little after its plan, and not always equally late. By so much the window is taken to be longer; it
 * costs at most a fortieth of the rate.
 */
function slackMsOf({ windowMs }: Rate): number {
  return Math.min(250, Math.floor(windowMs / 40))
}

/** The earliest slot that reaches into the window which ends now. A slot that is only partly inside counts wholly. */
export function firstSlotOf(rate: Rate, nowMs: number): number {
  return Math.floor((nowMs - rate.windowMs - slackMsOf(rate)) / slotMsOf(rate))
}

/** How many calls may start now without any window of this length holding more than the limit. */
export function roomIn(rate: Rate, slots: readonly Slot[], nowMs: number): number {
  const first = firstSlotOf(rate, nowMs)
  const started = slots.reduce((total, { slot, starts }) => (slot >= first ? total + starts : total), 0)
  return Math.max(0, rate.starts - started)
}

/** How long until the oldest slot that counts has left the window; 0 when none counts. */
export function waitMsIn(rate: Rate, slots: readonly Slot[], nowMs: number): number {
  const first = firstSlotOf(rate, nowMs)
  const counting = slots.filter(({ slot, starts }) => slot >= first && starts > 0).map(({ slot }) => slot)
  if (counting.length === 0) return 0
  const leavesAtMs = (Math.min(...counting) + 1) * slotMsOf(rate) + rate.windowMs + slackMsOf(rate)
  return Math.max(1, leavesAtMs - nowMs)
}
