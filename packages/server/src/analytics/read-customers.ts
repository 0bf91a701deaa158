import type { AnalyticsParts } from './analytics-parts.ts'
import { askSlowly } from './ask-slowly.ts'
import { spendingBands, visitBands } from './bands.ts'
import { buyersOf, type RepeatBuyers, repeatBuyers, salesByBand, scoredBuyers } from './buyers-store.ts'
import { monthStart, monthText } from './calendar.ts'
import { customersByBand, type PlaceKind, placesOf } from './customer-groups-store.ts'
import { daysOfCustomers } from './daily-figures-store.ts'
import type { Books } from './open-books.ts'
import { periodsOf, type Timeframe } from './period.ts'
import { returnedByMonth } from './retention-store.ts'
import { groupDays, monthsOf } from './sales.ts'

/** The longest list of places that is answered; a country has fewer states, and few shops more cities. */
export const mostPlaces = 100

/** How many months the growth of customers looks back, this one included. */
const growthMonths = 12

/** Customers by what they have spent, or by how often they have come; every band is there. */
export function readGroups(parts: AnalyticsParts, { workspaceId, revision }: Books, by: 'spending' | 'visits') {
  return parts.memories.groups.recall([workspaceId, revision, by], () =>
    askSlowly(parts, workspaceId, (asking) =>
      by === 'spending'
        ? customersByBand(asking, workspaceId, 'total_spending_minor', spendingBands)
        : customersByBand(asking, workspaceId, 'visit_count', visitBands),
    ),
  )
}

/** What the customers of each band of spending ordered in a timeframe; people who are no customers any more come last. */
export function readBandSales(
  parts: AnalyticsParts,
  { workspaceId, calendar, today, revision }: Books,
  timeframe: Timeframe,
) {
  return parts.memories.bandSales.recall([workspaceId, revision, today, timeframe], async () => {
    const { current } = periodsOf(timeframe, calendar, today)
    const sales = await askSlowly(parts, workspaceId, (asking) =>
      salesByBand(asking, workspaceId, current, spendingBands),
    )
    const none = { orders: 0, revenueMinor: 0 }
    const bands = spendingBands.map(({ name }) => ({
      ...(sales.find(({ band }) => band === name) ?? none),
      band: name,
    }))
    return [...bands, ...sales.filter(({ band }) => band === null)]
  })
}

/** How many people began to be customers in each of the last twelve months. */
export async function readGrowth({ reads }: AnalyticsParts, { workspaceId, today }: Books) {
  const firstDay = monthStart(today, 1 - growthMonths)
  const byMonth = groupDays(await daysOfCustomers(reads, workspaceId, { firstDay, lastDay: today }), monthText)
  return monthsOf(firstDay, today).map((month) => ({
    month,
    newCustomers: (byMonth.get(month) ?? []).reduce((sum, { newCustomers }) => sum + newCustomers, 0),
  }))
}

/** Places with their customers and what those ordered, in a timeframe or, where it is null, ever. */
export function readPlaces(
  parts: AnalyticsParts,
  { workspaceId, calendar, today, revision }: Books,
  kind: PlaceKind,
  timeframe: Timeframe | null,
) {
  return parts.memories.places.recall([workspaceId, revision, today, kind, timeframe ?? 'ever'], () => {
    const buyers =
      timeframe === null ? null : buyersOf(parts.knex, workspaceId, periodsOf(timeframe, calendar, today).current)
    return askSlowly(parts, workspaceId, (asking) => placesOf(asking, workspaceId, kind, buyers, mostPlaces))
  })
}

/** How many people bought in a timeframe, and how many again. */
export function readRepeat(
  parts: AnalyticsParts,
  { workspaceId, calendar, today, revision }: Books,
  timeframe: Timeframe,
): Promise<RepeatBuyers> {
  return parts.memories.repeat.recall([workspaceId, revision, today, timeframe], () =>
    askSlowly(parts, workspaceId, (asking) =>
      repeatBuyers(asking, workspaceId, periodsOf(timeframe, calendar, today).current),
    ),
  )
}

/** The buyers of a timeframe by how lately, how often and for how much they bought. */
export function readScores(
  parts: AnalyticsParts,
  { workspaceId, calendar, today, revision }: Books,
  timeframe: Timeframe,
) {
  return parts.memories.scores.recall([workspaceId, revision, today, timeframe], () =>
    askSlowly(parts, workspaceId, (asking) =>
      scoredBuyers(asking, workspaceId, periodsOf(timeframe, calendar, today).current),
    ),
  )
}

/** A month's new buyers, and how many of them ordered in it and in each month after it. */
export interface Cohort {
  readonly month: string
  readonly customers: number
  /** The first is the month itself: everybody. */
  readonly returned: readonly number[]
}

/** The cohorts of the months that a timeframe touches, this month included, each up to this month. */
export async function readCohorts(
  parts: AnalyticsParts,
  { workspaceId, calendar, today, revision }: Books,
  timeframe: Timeframe,
): Promise<readonly Cohort[]> {
  const months = monthsOf(periodsOf(timeframe, calendar, today).current.firstDay, today)
  const firstMonth = (index: number) => monthStart(today, index - months.length + 1)
  const bounds = [...months.map((_, index) => calendar.startOf(firstMonth(index))), calendar.startOf(today + 1)]
  const rows = await parts.memories.returned.recall([workspaceId, revision, today, timeframe], () =>
    askSlowly(parts, workspaceId, (asking) => returnedByMonth(asking, workspaceId, bounds)),
  )
  return months.map((month, cohort) => {
    const returned = months
      .slice(cohort)
      .map((_, later) => rows.find((row) => row.cohort === cohort && row.month === cohort + later)?.customers ?? 0)
    return { month, customers: returned[0] ?? 0, returned }
  })
}
