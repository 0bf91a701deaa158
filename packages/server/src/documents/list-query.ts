import { about, count, object, orNull, type Schema, text } from './shapes.ts'

/** What every list takes in its query string, in these orders; the first is the usual one. */
export function listQuery(
  sorts: readonly string[],
  more: Readonly<Record<string, Schema>> = {},
): Readonly<Record<string, Schema>> {
  return {
    page: about('Counted from 1; numbers out of range are moved into it', { type: 'integer', default: 1 }),
    limit: about('Rows of a page, 100 at most', { type: 'integer', minimum: 1, maximum: 100 }),
    search: about('Text that rows must contain', { type: 'string', maxLength: 200 }),
    sortBy: about('In which order', { enum: sorts, default: sorts[0] }),
    order: about('Which end comes first; `sortOrder` is taken as well', { enum: ['asc', 'desc'], default: 'desc' }),
    ...more,
  }
}

/** For lists that can be read on from their last row instead of by numbers of pages, whatever is added meanwhile. */
export const cursorQuery: Readonly<Record<string, Schema>> = {
  cursor: about('`nextCursor` of the page before, in place of `page`', text),
}

/** A list's place in the whole. `pages` and `totalPages` are one number under two names. */
export const paginationShape: Schema = {
  title: 'Pagination',
  ...object({ page: count, limit: count, total: count, pages: count, totalPages: count }),
}

/** The same with the cursor of the next page, or null at the end. */
export const cursorPaginationShape: Schema = {
  title: 'CursorPagination',
  ...object({ page: count, limit: count, total: count, pages: count, totalPages: count, nextCursor: orNull(text) }),
}
