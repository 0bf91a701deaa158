import Router from '@koa/router'
import { type Clock, repeat } from '@muster/delivery-core'
import type { Context } from 'koa'
import { openEventStream } from '../http/event-stream.ts'
import { allow } from '../http/policy.ts'
import { sessionIfAny, sessionOf } from '../http/session.ts'
import { progressOnTheWire } from './campaign-answers.ts'
import type { ProgressFeed } from './progress-feed.ts'
import type { CampaignStanding } from './read-campaigns.ts'

/** What watching a campaign works with. */
export interface EventParts {
  readonly world: Clock
  readonly feed: ProgressFeed
  standingOf(workspaceId: string, campaignId: string): Promise<CampaignStanding>
  /** A failure that a later look may mend. */
  readonly tell: (error: unknown) => void
}

/** How soon a stream ends after its session was revoked, and how long a line is silent at most. */
const checkEveryMs = 5_000

/** Behind the number of the last event of a campaign: whoever comes back with it has heard everything. */
const endMark = '-end'

/**
 * Live progress as Server-Sent Events: `progress` whenever the books have changed, and when the last receipt is in
 * `completed` or `cancelled`. Every event holds the whole books, so that whoever comes back with `Last-Event-ID` is told where the
 * campaign stands now and has missed nothing. Ids only rise; events name nobody.
 */
export function eventRoutes(parts: EventParts): Router {
  return new Router({ prefix: '/campaigns' }).get('/:id/events', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const id = ctx.params['id'] ?? ''
    const standing = await parts.standingOf(workspaceId, id)
    const lastEventId = ctx.get('last-event-id')
    if (lastEventId.endsWith(endMark) && endOf(standing) !== null) {
      // The one answer after which a browser does not come back.
      ctx.status = 204
      return
    }
    follow(parts, ctx, workspaceId, id, numberIn(lastEventId))
  })
}

function follow(parts: EventParts, ctx: Context, workspaceId: string, id: string, heardUpTo: number): void {
  const stream = openEventStream(ctx)
  const nextId = risingIds(parts.world, heardUpTo)
  let said = ''
  const stop = parts.feed.listen(workspaceId, id, {
    hear: (standing) => {
      const data = progressOnTheWire(standing)
      const words = JSON.stringify(data)
      if (words !== said && stream.send({ name: 'progress', id: nextId(), data })) said = words
      const end = endOf(standing)
      // Not before the last figures were sent: a reader that is behind gets both a little later.
      if (end === null || said !== words) return
      if (stream.send({ name: end, id: `${nextId()}${endMark}`, data })) stream.end()
    },
    end: stream.end,
  })
  const check = async () => {
    if ((await sessionIfAny(ctx))?.workspaceId === workspaceId) stream.beat()
    else stream.end()
    return false
  }
  const checks = repeat(parts.world, checkEveryMs, check, parts.tell)
  checks.start()
  stream.onGone(() => {
    void checks.stop()
    stop()
  })
}

/** What the last event is called; null while there is something left to happen, to a message or to its receipt. */
function endOf({ campaign, progress }: CampaignStanding): 'completed' | 'cancelled' | null {
  const isOver = progress === null || (progress.finished === progress.audience && progress.awaitingReceipt === 0)
  if (!isOver) return null
  return campaign.status === 'COMPLETED' ? 'completed' : campaign.status === 'CANCELLED' ? 'cancelled' : null
}

/** By the clock, so that they rise from one server to the next; but never back, whatever the clock does. */
function risingIds(clock: Clock, after: number): () => string {
  let last = after
  return () => {
    last = Math.max(last + 1, clock.nowMs())
    return String(last)
  }
}

function numberIn(lastEventId: string): number {
  return Number(/^(\d{1,15})(?:-end)?$/.exec(lastEventId)?.[1] ?? 0)
}
