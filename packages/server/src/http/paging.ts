import type { Context } from 'koa'
import type { Key } from '../database/keyset.ts'
import { ProblemError } from '../problems/problem-error.ts'

/** The most rows of one page. */
const largestPage = 100

/** The last page that is counted to: beyond it, skipping rows costs more than any reader gains. */
const lastPage = 1_000_000

/** Which rows of a list are asked for, in which order. */
export interface Paging<Sort extends string = string> {
  readonly page: number
  readonly limit: number
  readonly offset: number
  readonly sortBy: Sort
  readonly descending: boolean
  /** The row behind which the page begins, instead of an offset; null without a cursor. */
  readonly after: Key | null
  /** What the rows must contain, or null for all. */
  readonly search: string | null
}

/** The list's place in the whole, as every list answers it. */
export interface Pagination {
  readonly page: number
  readonly limit: number
  readonly total: number
  readonly pages: number
  readonly totalPages: number
}

/**
 * Reads `page`, `limit`, `sortBy`, `order` or `sortOrder`, `search`, and `cursor`, which takes the place of `page`. Numbers are clamped, what is no number
 * is the default; the first of `sortable` is the default order, newest or largest first.
 * @throws ProblemError for an unknown `sortBy` or direction, or a key that is given twice
 */
export function readPaging<Sort extends string>(
  ctx: Context,
  { sortable, limit: usualLimit = 10 }: { readonly sortable: readonly [Sort, ...Sort[]]; readonly limit?: number },
): Paging<Sort> {
  const page = clamp(oneOf(ctx, 'page'), 1, lastPage, 1)
  const limit = clamp(oneOf(ctx, 'limit'), 1, largestPage, usualLimit)
  const wanted = oneOf(ctx, 'sortBy') ?? sortable[0]
  const sortBy = sortable.find((name) => name === wanted)
  if (sortBy === undefined) refuse('sortBy', `"sortBy" must be one of ${sortable.join(', ')}`)
  const direction = (oneOf(ctx, 'order') ?? oneOf(ctx, 'sortOrder') ?? 'desc').toLowerCase()
  if (direction !== 'asc' && direction !== 'desc') refuse('order', '"order" must be asc or desc')
  const search = oneOf(ctx, 'search')?.trim().slice(0, 200) ?? ''
  const descending = direction === 'desc'
  const after = readCursor(oneOf(ctx, 'cursor'), sortBy, descending)
  const offset = after === null ? (page - 1) * limit : 0
  return { page, limit, offset, sortBy, descending, after, search: search === '' ? null : search }
}

const pagingNames = new Set(['page', 'limit', 'sortBy', 'order', 'sortOrder', 'search', 'cursor'])

/**
 * What a list is asked beside its paging: the stated filters by name.
 * @param prefix of further names that are read as well
 * @throws ProblemError for a name that is neither, so that a misspelt filter never shows everything
 */
export function readFilters(
  ctx: Context,
  known: readonly string[],
  prefix: string | null = null,
): ReadonlyMap<string, string> {
  const filters = new Map<string, string>()
  for (const name of Object.keys(ctx.query)) {
    if (pagingNames.has(name)) continue
    const isKnown = known.includes(name) || (prefix !== null && name.startsWith(prefix))
    if (!isKnown) refuse(name, `"${name}" is no filter of this list; there are ${known.join(', ')}`)
    const value = oneOf(ctx, name)
    if (value !== undefined && value !== '') filters.set(name, value)
  }
  return filters
}

/** What a client sends back as `cursor` for the page behind the last of these rows; null when there is none. */
export function nextCursor<Row>(paging: Paging, rows: readonly Row[], keyOf: (row: Row) => Key): string | null {
  const last = rows.at(-1)
  if (last === undefined || rows.length < paging.limit) return null
  const { value, id } = keyOf(last)
  return Buffer.from(JSON.stringify([paging.sortBy, paging.descending, value, id])).toString('base64url')
}

/** A cursor is only good for the order that it was made in. */
function readCursor(text: string | undefined, sortBy: string, isDescending: boolean): Key | null {
  if (text === undefined || text === '') return null
  const [madeFor, wasDescending, value, id] = cursorParts(text)
  const isKey = (typeof value === 'string' || typeof value === 'number' || value === null) && typeof id === 'string'
  if (!isKey || madeFor !== sortBy || wasDescending !== isDescending) {
    refuse('cursor', '"cursor" does not belong to this list in this order')
  }
  return { value, id }
}

function cursorParts(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

/** One value of the query string, or undefined when it is absent. */
export function oneOf(ctx: Context, name: string): string | undefined {
  const value = ctx.query[name]
  if (Array.isArray(value)) refuse(name, `"${name}" is given more than once`)
  return value
}

/** Where these rows stand among `total`. */
export function pagination({ page, limit }: Pick<Paging, 'page' | 'limit'>, total: number): Pagination {
  const pages = Math.ceil(total / limit)
  return { page, limit, total, pages, totalPages: pages }
}

function clamp(text: string | undefined, least: number, most: number, usual: number): number {
  if (text === undefined || !/^-?\d{1,15}$/.test(text)) return usual
  return Math.min(Math.max(Number(text), least), most)
}

function refuse(name: string, message: string): never {
  throw new ProblemError('VALIDATION', message, [{ path: `/${name}`, message }])
}
