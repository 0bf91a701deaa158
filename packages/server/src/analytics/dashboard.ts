import type { Campaign } from '../campaigns/campaign.ts'
import { countCampaigns, listCampaigns } from '../campaigns/campaign-store.ts'
import { noFilter } from '../orders/order-filter.ts'
import { listOrders, type PlacedOrder } from '../orders/order-list-store.ts'
import type { AnalyticsParts, SoldProducts } from './analytics-parts.ts'
import { askSlowly, unlessTooSlow } from './ask-slowly.ts'
import { spendingBands } from './bands.ts'
import { type CampaignFigures, campaignsIn, type MessageFigures, messagesOf } from './campaign-figures.ts'
import { countUnseen } from './customer-groups-store.ts'
import { countCustomers } from './daily-figures-store.ts'
import { drawInsights, type Insight, thresholds } from './insights.ts'
import { countActiveCampaigns } from './message-tallies-store.ts'
import type { Books } from './open-books.ts'
import { type Period, periodsOf, type Timeframe } from './period.ts'
import { type RankedCustomer, rankCustomers } from './rank-customers.ts'
import { readProducts, readSales } from './read-sales.ts'
import type { ComparedSales } from './sales.ts'

/** Everything that the client's first page shows. */
export interface Dashboard {
  readonly timeframe: Timeframe
  readonly period: Period
  readonly sales: ComparedSales
  readonly totalCustomers: number
  readonly totalCampaigns: number
  readonly activeCampaigns: number
  /** Campaigns with messages of the period, newest first. */
  readonly campaigns: readonly CampaignFigures[]
  readonly messages: MessageFigures
  /** Null where finding them took too long. */
  readonly topCustomers: readonly RankedCustomer[] | null
  readonly topProducts: SoldProducts
  readonly recentOrders: readonly PlacedOrder[]
  readonly recentCampaigns: readonly Campaign[]
  readonly insights: readonly Insight[]
}

/** How many rows the client's lists show. */
const listed = 5

/** How many products the dashboard names; a longer list has an endpoint of its own. */
export const listedProducts = 10

/** Puts the dashboard together. Where nothing has changed since the last time, nothing but indexes and daily figures is read. */
export async function readDashboard(parts: AnalyticsParts, books: Books, timeframe: Timeframe): Promise<Dashboard> {
  const { reads } = parts
  const { workspaceId, calendar, today } = books
  const period = periodsOf(timeframe, calendar, today).current
  const sales = await readSales(parts, books, timeframe)
  const campaigns = await campaignsIn(parts, books, timeframe)
  const messages = messagesOf(campaigns.map(({ progress }) => progress))
  const newestFirst = { sortBy: 'createdAt', descending: true, limit: listed, offset: 0, search: null } as const
  const recent = await listCampaigns(reads, workspaceId, { ...newestFirst, status: null })
  return {
    timeframe,
    period,
    sales,
    totalCustomers: await countCustomers(reads, workspaceId),
    totalCampaigns: await countCampaigns(reads, workspaceId),
    activeCampaigns: await countActiveCampaigns(reads, workspaceId),
    campaigns,
    messages,
    topCustomers: await unlessTooSlow(rankCustomers(parts, books, timeframe, listed)),
    topProducts: await readProducts(parts, books, timeframe, listedProducts),
    recentOrders: await listOrders(reads, workspaceId, { ...newestFirst, filter: noFilter, after: null }),
    recentCampaigns: recent.campaigns,
    insights: drawInsights({
      days: period.lastDay - period.firstDay + 1,
      current: sales.current,
      previous: sales.previous,
      messages,
      unseenVips: (await unlessTooSlow(unseenVips(parts, books))) ?? 0,
    }),
  }
}

function unseenVips(parts: AnalyticsParts, { workspaceId, calendar, today, revision }: Books) {
  const fromMinor = spendingBands[0]?.from ?? Number.MAX_SAFE_INTEGER
  const beforeMs = calendar.startOf(today - thresholds.unseenDays)
  return parts.memories.unseen.recall([workspaceId, revision, beforeMs], () =>
    askSlowly(parts, workspaceId, (asking) => countUnseen(asking, workspaceId, { fromMinor, beforeMs })),
  )
}
