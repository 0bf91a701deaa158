/** Sends rows to a bulk endpoint in requests of a bounded size and adds up what became of them. */

import type { ApiClient } from './api-client.ts'

export interface ImportResult {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly rejected: number
}

/** Rows in one request: large enough to be fast, small enough to answer in well under a second. */
const rowsPerRequest = 2_000

/** Imports `rows` as `customers` or `orders`. Safe to run again: rows are known by their `externalId`. */
export async function importInBulk(
  api: ApiClient,
  kind: 'customers' | 'orders',
  rows: readonly unknown[],
  onProgress: (rowsDone: number) => void = () => {},
): Promise<ImportResult> {
  const sum = { created: 0, updated: 0, unchanged: 0, rejected: 0 }
  for (let start = 0; start < rows.length; start += rowsPerRequest) {
    const part = rows.slice(start, start + rowsPerRequest)
    const counts = await api.post<ImportResult>(`/${kind}/bulk`, { [kind]: part })
    sum.created += counts.created
    sum.updated += counts.updated
    sum.unchanged += counts.unchanged
    sum.rejected += counts.rejected
    onProgress(start + part.length)
  }
  return sum
}
