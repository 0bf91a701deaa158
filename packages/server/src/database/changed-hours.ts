import type { Knex } from 'knex'
import { insertRows } from './insert-rows.ts'

/** One hour, the grain of changes: coarse enough for a batch to be a short text, fine enough to lie within one day. */
export const hourMs = 3_600_000

/** How many stretches of hours one row names: at most 3,000 characters, and at most so many days to count again at once. */
const stretchesPerRow = 200

/**
 * Notes that orders or customers of these instants have changed, so that the daily figures of their days are counted
 * again before anybody reads them. To be called in the transaction that changes an order (with its instant, and the
 * one that it had before), adds a customer or takes one away. Without an instant it says that a customer's facts have
 * changed: no day is counted again, but what was computed from customers is out of date.
 */
export async function noteChanges(knex: Knex, workspaceId: string, instantsMs: Iterable<number>): Promise<void> {
  const hours = [...new Set(Array.from(instantsMs, (atMs) => Math.floor(atMs / hourMs)))]
  const stretches = stretchesOf(hours.sort((one, other) => one - other))
  const rows = Array.from({ length: Math.max(Math.ceil(stretches.length / stretchesPerRow), 1) }, (_, index) => ({
    workspace_id: workspaceId,
    hours: stretches.slice(index * stretchesPerRow, (index + 1) * stretchesPerRow).join(','),
  }))
  await insertRows(knex, 'figure_changes', rows)
}

/** The hours that a row of `figure_changes` names. */
export function hoursIn(text: string): readonly number[] {
  if (text === '') return []
  return text.split(',').flatMap((stretch) => {
    const [first = Number.NaN, last = first] = stretch.split('..').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

/** Hours that follow one another are written as `first..last`; instants before 1970 have hours below zero. */
function stretchesOf(hours: readonly number[]): readonly string[] {
  const stretches: { first: number; last: number }[] = []
  for (const hour of hours) {
    const before = stretches.at(-1)
    if (before !== undefined && before.last === hour - 1) before.last = hour
    else stretches.push({ first: hour, last: hour })
  }
  return stretches.map(({ first, last }) => (first === last ? String(first) : `${first}..${last}`))
}
