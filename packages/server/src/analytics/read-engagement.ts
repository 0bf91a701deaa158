import { hourMs } from '../database/changed-hours.ts'
import type { AnalyticsParts } from './analytics-parts.ts'
import { askSlowly } from './ask-slowly.ts'
import { usualWindowDays } from './attribute-revenue.ts'
import { salesAfter } from './attribution-store.ts'
import type { Calendar } from './calendar.ts'
import { type CampaignFigures, messagesOf } from './campaign-figures.ts'
import { engagedByCampaign, opensByQuarter } from './engagement-store.ts'
import type { Books } from './open-books.ts'
import { percentOf } from './sales.ts'

/** What people did with the messages of some campaigns; null where there is nothing to say it from. */
export interface CampaignEngagement {
  /** Opened and clicked messages, of the delivered ones; percent. */
  readonly openRate: number | null
  readonly clickRate: number | null
  /** Recipients who bought within the usual window, of all; percent. */
  readonly conversionRate: number | null
  /** The local hour, `10:00`, and the day of the week in which most messages were opened. */
  readonly bestTime: string | null
  readonly bestDay: string | null
  /** Why something above is null. */
  readonly reasons: readonly string[]
}

/** Below so many opens a best hour is chance. */
const leastOpens = 20

/** The campaigns whose recipients' orders are looked at: each asks for every recipient. */
const mostConverted = 20

const weekdays = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'] as const

/** Adds up opens, clicks and purchases of some campaigns, newest first. */
export async function readEngagement(
  parts: AnalyticsParts,
  { workspaceId, calendar }: Books,
  campaigns: readonly CampaignFigures[],
): Promise<CampaignEngagement> {
  const ids = campaigns.map(({ run }) => run.campaignId)
  const engaged = [...(await engagedByCampaign(parts.reads, workspaceId, ids)).values()]
  const opens = engaged.reduce((sum, one) => sum + one.opens, 0)
  const clicks = engaged.reduce((sum, one) => sum + one.clicks, 0)
  const { delivered } = messagesOf(campaigns.map(({ progress }) => progress))
  const isTracked = opens + clicks > 0
  const best = opens < leastOpens ? null : bestOf(await opensByQuarter(parts.reads, workspaceId, ids), calendar)
  const conversionRate = await conversionOf(parts, workspaceId, campaigns.slice(0, mostConverted))
  return {
    openRate: isTracked ? percentOf(Math.min(opens, delivered), delivered) : null,
    clickRate: isTracked ? percentOf(Math.min(clicks, delivered), delivered) : null,
    conversionRate,
    bestTime: best?.time ?? null,
    bestDay: best?.day ?? null,
    reasons: [
      ...(isTracked ? [] : ['No open or click of these campaigns is known']),
      ...(isTracked && best === null ? [`Fewer than ${leastOpens} opens: too few for a best time`] : []),
      ...(conversionRate === null ? ['No message of these campaigns has been sent'] : []),
    ],
  }
}

async function conversionOf(
  parts: AnalyticsParts,
  workspaceId: string,
  campaigns: readonly CampaignFigures[],
): Promise<number | null> {
  return askSlowly(parts, workspaceId, async (asking) => {
    let [people, buyers] = [0, 0]
    for (const { run } of campaigns) {
      const sales = await salesAfter(asking, workspaceId, run.runId, 'recipients', usualWindowDays * 24 * hourMs)
      people += sales.people
      buyers += sales.buyers
    }
    return percentOf(buyers, people)
  })
}

/** The earlier one among equals. */
function bestOf(rows: readonly { readonly atMs: number; readonly opens: number }[], calendar: Calendar) {
  const byHour = new Map<number, number>()
  const byDay = new Map<number, number>()
  for (const { atMs, opens } of rows) {
    const [hour, weekday] = [calendar.hourOf(atMs), ((calendar.dayOf(atMs) % 7) + 7) % 7]
    byHour.set(hour, (byHour.get(hour) ?? 0) + opens)
    byDay.set(weekday, (byDay.get(weekday) ?? 0) + opens)
  }
  const mostOf = (counts: ReadonlyMap<number, number>) =>
    [...counts].sort(([one, few], [other, many]) => many - few || one - other)[0]?.[0] ?? 0
  return { time: `${String(mostOf(byHour)).padStart(2, '0')}:00`, day: weekdays[mostOf(byDay)] ?? null }
}
