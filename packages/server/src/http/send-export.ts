import { Readable } from 'node:stream'
import type { Context } from 'koa'
import type { ExportFormat } from '../exports/export-text.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { oneOf } from './paging.ts'

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
}

/**
 * The format that a download is wanted in: CSV unless the query says otherwise.
 * @throws ProblemError for one that there is not
 */
export function readFormat(ctx: Context): ExportFormat {
  const format = oneOf(ctx, 'format') ?? 'csv'
  if (format === 'csv' || format === 'ndjson') return format
  const message = '"format" must be csv or ndjson'
  throw new ProblemError('VALIDATION', message, [{ path: '/format', message }])
}

/** Answers with a file, written while it is read. */
export function sendExport(ctx: Context, name: string, format: ExportFormat, text: AsyncIterable<string>): void {
  ctx.type = mediaTypes[format]
  ctx.attachment(`${name}.${format}`)
  ctx.body = Readable.from(text)
}
