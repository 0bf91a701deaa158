import { stringify } from 'csv-stringify/sync'

/** The formats that rows are exported in. The only file that knows csv-stringify. */
export type ExportFormat = 'csv' | 'ndjson'

/** A row by the names of its columns; in CSV each value is a cell. */
export type ExportRow = Readonly<Record<string, unknown>>

/**
 * Pages of rows as text, piece by piece, so that a million of them never lie in memory at once. In CSV a cell that a
 * spreadsheet would take for a formula is made harmless.
 */
export async function* exportText(
  format: ExportFormat,
  columns: readonly string[],
  pages: AsyncIterable<readonly ExportRow[]>,
): AsyncGenerator<string> {
  if (format === 'csv') yield stringify([[...columns]])
  for await (const rows of pages) {
    if (format === 'ndjson') yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    else yield stringify([...rows], { columns: [...columns], escape_formulas: true, cast: { boolean: String } })
  }
}
