import type { AnalyticsParts, SoldProducts } from './analytics-parts.ts'
import { dayText, monthText } from './calendar.ts'
import { type DayOfOrders, daysOfCustomers, daysOfOrders, productRevenue, topProducts } from './daily-figures-store.ts'
import type { Books } from './open-books.ts'
import { type Period, periodsOf, type Timeframe } from './period.ts'
import { type ComparedSales, groupDays, type MonthOfSales, monthsOf, type PeriodSales, salesOf } from './sales.ts'

/** The sales of a timeframe. Days and months without any are there, with zeros. */
export function readSales(parts: AnalyticsParts, books: Books, timeframe: Timeframe): Promise<ComparedSales> {
  const { workspaceId, revision, today } = books
  return parts.memories.sales.recall([workspaceId, revision, today, timeframe], () => sumSales(parts, books, timeframe))
}

/** Adds up the daily figures. */
async function sumSales(
  { reads }: AnalyticsParts,
  { workspaceId, calendar, today }: Books,
  timeframe: Timeframe,
): Promise<ComparedSales> {
  const { current, previous } = periodsOf(timeframe, calendar, today)
  const both = { firstDay: previous.firstDay, lastDay: current.lastDay }
  const orders = await daysOfOrders(reads, workspaceId, both)
  const customers = await daysOfCustomers(reads, workspaceId, both)
  const salesIn = (period: Period): PeriodSales => ({
    ...salesOf(orders.filter(within(period))),
    newCustomers: customers.filter(within(period)).reduce((sum, { newCustomers }) => sum + newCustomers, 0),
  })
  return {
    current: salesIn(current),
    previous: salesIn(previous),
    byMonth: byMonth(current, orders.filter(within(current)), customers.filter(within(current))),
    byDay: byDay(current, orders.filter(within(current))),
  }
}

function within({ firstDay, lastDay }: Period): (row: { readonly day: number }) => boolean {
  return ({ day }) => firstDay <= day && day <= lastDay
}

function byMonth(
  { firstDay, lastDay }: Period,
  orders: readonly DayOfOrders[],
  customers: readonly { readonly day: number; readonly newCustomers: number }[],
): readonly MonthOfSales[] {
  const ordersIn = groupDays(orders, monthText)
  const customersIn = groupDays(customers, monthText)
  return monthsOf(firstDay, lastDay).map((month) => ({
    month,
    newCustomers: (customersIn.get(month) ?? []).reduce((sum, { newCustomers }) => sum + newCustomers, 0),
    revenueMinor: salesOf(ordersIn.get(month) ?? []).revenueMinor,
  }))
}

function byDay({ firstDay, lastDay }: Period, rows: readonly DayOfOrders[]): ComparedSales['byDay'] {
  const days = groupDays(rows, dayText)
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => {
    const date = dayText(firstDay + index)
    const { orders, revenueMinor } = salesOf(days.get(date) ?? [])
    return { date, orders, revenueMinor }
  })
}

/** What sold best in a timeframe. */
export function readProducts(
  { reads, memories }: AnalyticsParts,
  { workspaceId, calendar, today, revision }: Books,
  timeframe: Timeframe,
  limit: number,
): Promise<SoldProducts> {
  return memories.products.recall([workspaceId, revision, today, timeframe, limit], async () => {
    const { current } = periodsOf(timeframe, calendar, today)
    return {
      products: await topProducts(reads, workspaceId, current, limit),
      allMinor: await productRevenue(reads, workspaceId, current),
    }
  })
}
