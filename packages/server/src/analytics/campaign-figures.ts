import type { Progress } from '@muster/delivery-core'
import type { AnalyticsParts } from './analytics-parts.ts'
import { type CountedRun, newestRuns, progressSince, runOfCampaign, runsSince } from './message-tallies-store.ts'
import type { Books } from './open-books.ts'
import { periodsOf, type Timeframe } from './period.ts'
import { percentOf } from './sales.ts'

/** What became of some messages. */
export interface MessageFigures {
  /** All that were written down, whatever became of them. */
  readonly total: number
  /** That the vendor took. */
  readonly sent: number
  readonly delivered: number
  /** That failed or bounced, before or after the vendor took them. */
  readonly failed: number
  /** Those of `sent` that failed or bounced: with `delivered` and what is still awaited they make up `sent`. */
  readonly failedAfterSending: number
  /** That still wait to be sent. */
  readonly pending: number
  /** That were left out or cancelled. */
  readonly leftOut: number
  /** Delivered of those whose end is known, in percent; null when none has ended. */
  readonly deliveryRate: number | null
  readonly byStatus: Progress['byWireStatus']
}

/** A campaign's run with the figures of its messages. */
export interface CampaignFigures {
  readonly run: CountedRun
  readonly progress: Progress
  readonly messages: MessageFigures
}

/** The campaigns that have messages of a timeframe, newest first, each with what became of those. */
export async function campaignsIn(
  parts: AnalyticsParts,
  { workspaceId, calendar, today }: Books,
  timeframe: Timeframe,
): Promise<readonly CampaignFigures[]> {
  const { fromMs } = periodsOf(timeframe, calendar, today).current
  const runs = await runsSince(parts.reads, workspaceId, fromMs)
  // All messages of a run are written down after it began; only older runs have to be looked at message by message.
  const older = runs.filter(({ createdAtMs }) => createdAtMs < fromMs)
  const whole = await wholeProgress(
    parts,
    workspaceId,
    runs.filter(({ createdAtMs }) => createdAtMs >= fromMs),
  )
  const partly = await progressSince(
    parts.reads,
    older.map(({ runId }) => runId),
    fromMs,
  )
  return figuresOf(runs, new Map([...whole, ...partly])).filter(({ messages }) => messages.total > 0)
}

/** The newest launched campaigns of a workspace, each with what became of its messages. */
export async function newestCampaigns(
  parts: AnalyticsParts,
  workspaceId: string,
  limit: number,
): Promise<readonly CampaignFigures[]> {
  const runs = await newestRuns(parts.reads, workspaceId, limit)
  return figuresOf(runs, await wholeProgress(parts, workspaceId, runs))
}

/** One campaign; null before its launch. */
export async function figuresOfCampaign(
  parts: AnalyticsParts,
  workspaceId: string,
  campaignId: string,
): Promise<CampaignFigures | null> {
  const run = await runOfCampaign(parts.reads, workspaceId, campaignId)
  if (run === null) return null
  const [figures] = figuresOf([run], await wholeProgress(parts, workspaceId, [run]))
  return figures ?? null
}

/** Sums over campaigns. */
export function messagesOf(progresses: readonly Progress[]): MessageFigures {
  const sum = (figure: (one: Progress) => number) => progresses.reduce((total, one) => total + figure(one), 0)
  const of = (status: keyof Progress['byWireStatus']) => sum(({ byWireStatus }) => byWireStatus[status])
  const sent = sum(({ accepted }) => accepted)
  const delivered = of('DELIVERED')
  const failed = of('FAILED') + of('BOUNCED')
  return {
    total: sum(({ audience }) => audience),
    sent,
    delivered,
    failed,
    failedAfterSending: sent - of('SENT') - delivered,
    pending: of('PENDING'),
    leftOut: of('SKIPPED') + of('CANCELLED'),
    deliveryRate: percentOf(delivered, delivered + failed),
    byStatus: {
      PENDING: of('PENDING'),
      SENT: of('SENT'),
      DELIVERED: delivered,
      FAILED: of('FAILED'),
      BOUNCED: of('BOUNCED'),
      SKIPPED: of('SKIPPED'),
      CANCELLED: of('CANCELLED'),
    },
  }
}

/** Some megabytes. */
const mostSettled = 20_000

/**
 * Counts the messages of some runs by an index alone. What became of a settled run is counted once: it changes no more
 * unless the run is sent again, and then it has another version.
 */
async function wholeProgress(
  { runs: store, memories }: AnalyticsParts,
  workspaceId: string,
  runs: readonly CountedRun[],
): Promise<ReadonlyMap<string, Progress>> {
  const known = memories.settledRuns
  const found = new Map<string, Progress>()
  for (const { runId, version } of runs) {
    const settled = known.get(runId)
    if (settled?.version === version) found.set(runId, settled.progress)
  }
  const unknown = runs.filter(({ runId }) => !found.has(runId))
  const counted = await store.progress(
    workspaceId,
    unknown.map(({ runId }) => runId),
  )
  for (const { runId, isSettled, version } of unknown) {
    const progress = counted.get(runId)
    if (progress === undefined) continue
    found.set(runId, progress)
    if (known.size >= mostSettled) known.clear()
    if (isSettled) known.set(runId, { version, progress })
  }
  return found
}

function figuresOf(runs: readonly CountedRun[], progress: ReadonlyMap<string, Progress>): readonly CampaignFigures[] {
  return runs.flatMap((run) => {
    const of = progress.get(run.runId)
    return of === undefined ? [] : [{ run, progress: of, messages: messagesOf([of]) }]
  })
}
