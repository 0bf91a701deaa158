import type { AnalyticsParts } from './analytics-parts.ts'
import { askSlowly } from './ask-slowly.ts'
import { type GroupSales, lastSentAtMs, noSales, salesAfter } from './attribution-store.ts'
import type { CountedRun } from './message-tallies-store.ts'

/** What a campaign's recipients bought after its message, beside what its control group bought without one. */
export interface Attribution {
  readonly windowDays: number
  readonly recipients: GroupSales
  /** Null when the campaign has no control group. */
  readonly control: GroupSales | null
  /** When the last recipient's window is over; null before anything was sent. */
  readonly completeAtMs: number | null
}

/** The usual window, and the longest: beyond a quarter chance outweighs any message. */
export const usualWindowDays = 7
export const longestWindowDays = 90

const dayMs = 86_400_000

/** Adds up both groups; `run` is null before the launch. A window has days of 24 hours and begins with each one's message. */
export async function attributeRevenue(
  parts: AnalyticsParts,
  workspaceId: string,
  run: Pick<CountedRun, 'runId'> | null,
  windowDays: number,
): Promise<Attribution> {
  if (run === null) return { windowDays, recipients: noSales, control: null, completeAtMs: null }
  const windowMs = windowDays * dayMs
  return askSlowly(parts, workspaceId, async (asking) => {
    const recipients = await salesAfter(asking, workspaceId, run.runId, 'recipients', windowMs)
    const control = await salesAfter(asking, workspaceId, run.runId, 'control', windowMs)
    const lastMs = await lastSentAtMs(asking, run.runId)
    return {
      windowDays,
      recipients,
      control: control.people === 0 ? null : control,
      completeAtMs: lastMs === null ? null : lastMs + windowMs,
    }
  })
}
