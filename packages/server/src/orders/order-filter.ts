import { type CountRange, createFilterReader, type StatedFilters } from '../customers/read-filters.ts'
import { folded } from '../database/folded.ts'
import type { TimeRange } from '../world/day-bounds.ts'
import { type OrderStatus, orderStatuses } from './order.ts'

/** Which orders a list shows: all of these together. Null asks nothing. */
export interface OrderFilter {
  readonly customerId: string | null
  readonly status: OrderStatus | null
  /** Folded: orders with an item of this category. */
  readonly category: string | null
  readonly totalMinor: CountRange
  readonly created: TimeRange
}

/** The filters of a query string. */
export const orderFilterNames = [
  'customerId',
  'status',
  'category',
  'minTotal',
  'maxTotal',
  'createdFrom',
  'createdTo',
] as const

/** Every order. */
export const noFilter: OrderFilter = readOrderFilter(new Map(), 'UTC')

/** @throws ProblemError that names every filter whose value is none */
export function readOrderFilter(stated: StatedFilters, timeZone: string): OrderFilter {
  const read = createFilterReader(stated, timeZone)
  const filter = {
    customerId: read.text('customerId'),
    status: read.oneOf('status', orderStatuses),
    category: folded(read.text('category')),
    totalMinor: read.amount('minTotal', 'maxTotal'),
    created: read.time('createdFrom', 'createdTo'),
  }
  read.finish()
  return filter
}
