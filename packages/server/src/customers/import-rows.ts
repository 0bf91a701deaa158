import { type Fault, ProblemError } from '../problems/problem-error.ts'

/** The most faults that one answer lists. */
const mostFaults = 100

/** What became of one row of a bulk import. */
export type RowResult =
  | {
      readonly row: number
      readonly status: 'created' | 'updated' | 'unchanged'
      readonly id: string
      /** What of the row was not taken, and why. */
      readonly note?: string
    }
  | { readonly row: number; readonly status: 'rejected'; readonly reasons: readonly Fault[] }

/** A row after the check at the door: what it says, or what is wrong with it. */
export type CheckedRow<Input> =
  | { readonly ok: true; readonly value: Input }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** How many rows came to what. */
export function tally(results: readonly RowResult[]): Readonly<Record<RowResult['status'], number>> {
  const count = (status: RowResult['status']) => results.filter((result) => result.status === status).length
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
  }
}

/** For a request of which no row could be taken. Rows have the number that people count with: the first is 1. */
export function rejectionOf(results: readonly RowResult[], list: string): ProblemError {
  const faults = results.flatMap((result) =>
    result.status === 'rejected'
      ? result.reasons.map(({ path, message }) => ({
          path: `/${list}/${result.row}${path}`,
          message: `Row ${result.row + 1}: ${message}`,
        }))
      : [],
  )
  return new ProblemError('VALIDATION', faults[0]?.message ?? 'No row could be taken', faults.slice(0, mostFaults))
}
