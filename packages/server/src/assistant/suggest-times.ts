import { Temporal } from 'temporal-polyfill'
import type { Workspace } from '../accounts/workspaces-store.ts'
import type { World } from '../world/world.ts'
import { type Activity, stretchMs } from './activity-store.ts'

/** What the suggestion of a time is made from. */
export interface TimingParts {
  readonly world: Pick<World, 'nowMs'>
  readonly workspaceOf: (workspaceId: string) => Promise<Workspace>
  readonly activitySince: (
    workspaceId: string,
    sinceMs: number,
  ) => Promise<{ readonly orders: readonly Activity[]; readonly opens: readonly Activity[] }>
}

/** When this workspace's customers are there, by what they did. Without enough data there is no time, and it is said. */
export interface TimeSuggestions {
  readonly bestTime: { readonly hour: number; readonly minute: number } | null
  readonly bestDay: string | null
  readonly timezone: string
  readonly reasoning: string
  /** Further times; `expectedEngagement` is the percent of all activity that fell into that hour of that weekday. */
  readonly alternatives: readonly { readonly day: string; readonly time: string; readonly expectedEngagement: number }[]
  /** What was looked at. */
  readonly basis: { readonly orders: number; readonly opens: number; readonly days: number }
}

/** Habits of this long ago still count. */
const lookBackDays = 90
/** Below this, the busiest of 168 hours of a week is chance: one event in every other hour on average. */
const fewestEvents = 100
const mostAlternatives = 3
export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/**
 * Suggests when to send: the hour of the week in which most of what customers did fell, in the workspace's zone. Opens
 * count where there are enough of them, since they are what a message wants; else orders do.
 */
export async function suggestTimes(
  { world, workspaceOf, activitySince }: TimingParts,
  workspaceId: string,
): Promise<TimeSuggestions> {
  const { timeZone } = await workspaceOf(workspaceId)
  const sinceMs = world.nowMs() - lookBackDays * 24 * 60 * 60_000
  const { orders, opens } = await activitySince(workspaceId, sinceMs)
  const basis = { orders: totalOf(orders), opens: totalOf(opens), days: lookBackDays }
  const isByOpens = basis.opens >= fewestEvents
  const [best, ...others] = busiestHours(isByOpens ? opens : orders, timeZone)
  const seen = isByOpens ? basis.opens : basis.orders
  if (best === undefined || seen < fewestEvents) return notEnough(timeZone, basis)
  const share = ({ count }: BusyHour) => Math.round((count / seen) * 1_000) / 10
  return {
    bestTime: { hour: best.hour, minute: 0 },
    bestDay: dayNames[best.day - 1] ?? null,
    timezone: timeZone,
    reasoning: `In the last ${lookBackDays} days, ${share(best)} % of ${seen} ${
      isByOpens ? 'opened messages' : 'orders'
    } fell into the hour from ${clock(best.hour)} on ${dayNames[best.day - 1]}, more than into any other hour of the week.`,
    alternatives: others.slice(0, mostAlternatives).map((other) => ({
      day: dayNames[other.day - 1] ?? '',
      time: clock(other.hour),
      expectedEngagement: share(other),
    })),
    basis,
  }
}

function notEnough(timezone: string, basis: TimeSuggestions['basis']): TimeSuggestions {
  return {
    bestTime: null,
    bestDay: null,
    timezone,
    reasoning: `Not enough data: in the last ${lookBackDays} days there were ${basis.orders} orders and ${basis.opens} opened messages; a time is suggested from ${fewestEvents} of either.`,
    alternatives: [],
    basis,
  }
}

/** One hour of one weekday, and what fell into it. */
interface BusyHour {
  /** 1 is Monday. */
  readonly day: number
  readonly hour: number
  readonly count: number
}

/** The hours of the week with anything in them, the busiest first; among equals the earlier in the week. */
function busiestHours(activity: readonly Activity[], timeZone: string): readonly BusyHour[] {
  const counts = new Map<number, number>()
  for (const { stretch, count } of activity) {
    const local = Temporal.Instant.fromEpochMilliseconds(stretch * stretchMs).toZonedDateTimeISO(timeZone)
    const hourOfWeek = (local.dayOfWeek - 1) * 24 + local.hour
    counts.set(hourOfWeek, (counts.get(hourOfWeek) ?? 0) + count)
  }
  return [...counts]
    .sort(([oneHour, one], [otherHour, other]) => other - one || oneHour - otherHour)
    .map(([hourOfWeek, count]) => ({ day: Math.floor(hourOfWeek / 24) + 1, hour: hourOfWeek % 24, count }))
}

function totalOf(activity: readonly Activity[]): number {
  return activity.reduce((total, { count }) => total + count, 0)
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
