import { type OrderStatus, orderStatuses } from '../orders/order.ts'
import { monthText } from './calendar.ts'
import type { DayOfOrders } from './daily-figures-store.ts'

/** What was ordered in some days. */
export interface Sales {
  /** Orders placed, whatever became of them. */
  readonly orders: number
  readonly ordersByStatus: Readonly<Record<OrderStatus, number>>
  readonly completedOrders: number
  /** What the COMPLETED orders come to. */
  readonly revenueMinor: number
  /** Revenue for each COMPLETED order; null when there is none. */
  readonly averageMinor: number | null
}

/** What was sold, and how many customers came, in some days. */
export interface PeriodSales extends Sales {
  readonly newCustomers: number
}

/** Sales of a timeframe beside those of as many days before it. */
export interface ComparedSales {
  readonly current: PeriodSales
  readonly previous: PeriodSales
  readonly byMonth: readonly MonthOfSales[]
  readonly byDay: readonly { readonly date: string; readonly orders: number; readonly revenueMinor: number }[]
}

export interface MonthOfSales {
  /** `YYYY-MM` */
  readonly month: string
  readonly newCustomers: number
  readonly revenueMinor: number
}

/** Sums up days. */
export function salesOf(days: readonly DayOfOrders[]): Sales {
  const ordersByStatus = { PENDING: 0, PROCESSING: 0, COMPLETED: 0, CANCELLED: 0 }
  let revenueMinor = 0
  for (const { status, orders, totalMinor } of days) {
    ordersByStatus[status] += orders
    if (status === 'COMPLETED') revenueMinor += totalMinor
  }
  const completedOrders = ordersByStatus.COMPLETED
  return {
    orders: orderStatuses.reduce((sum, status) => sum + ordersByStatus[status], 0),
    ordersByStatus,
    completedOrders,
    revenueMinor,
    averageMinor: completedOrders === 0 ? null : Math.round(revenueMinor / completedOrders),
  }
}

/** How much a figure has grown, in percent with one decimal; null where there was nothing to grow from. */
export function growthPercent(current: number, previous: number): number | null {
  return previous === 0 ? null : Math.round(((current - previous) / previous) * 1000) / 10
}

/** A share in percent with one decimal; null where there is no whole. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 10
}

/** Rows by what `keyOf` says of their day, in the order in which they come. */
export function groupDays<Row extends { readonly day: number }>(
  rows: readonly Row[],
  keyOf: (day: number) => string,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row.day)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

/** The months that these days touch, as `YYYY-MM`. */
export function monthsOf(firstDay: number, lastDay: number): readonly string[] {
  const months = new Set<string>()
  for (let day = firstDay; day <= lastDay; day++) months.add(monthText(day))
  return [...months]
}
