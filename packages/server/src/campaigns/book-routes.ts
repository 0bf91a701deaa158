import Router from '@koa/router'
import { type WireStatus, wireStatuses } from '@muster/delivery-core'
import type { Context } from 'koa'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { noteExport } from '../audit/note-export.ts'
import type { MessageFilter } from '../deliveries/search-messages.ts'
import { messageKey } from '../deliveries/search-messages.ts'
import { callerGone } from '../http/caller-gone.ts'
import { succeeded } from '../http/envelope.ts'
import { nextCursor, oneOf, pagination, readPaging } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { readFormat, sendExport } from '../http/send-export.ts'
import { sessionOf } from '../http/session.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { messageOnTheWire, variantOnTheWire } from './campaign-answers.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { exportExclusion } from './export-exclusion.ts'
import { funnelOf } from './funnel.ts'
import { funnelOnTheWire } from './funnel-answers.ts'
import { requireCampaign } from './plan-campaign.ts'
import { exportMessages, messagePage, variantStandings } from './read-messages.ts'

/** The books of a campaign: who is left out and why, what became of every message, and how each text fares. */
export function bookRoutes(parts: CampaignParts, workspaceOf: (workspaceId: string) => Promise<Workspace>): Router {
  const router = new Router({ prefix: '/campaigns' })
  const workspaceBehind = (ctx: Pick<Context, 'state'>) => workspaceOf(sessionOf(ctx).workspaceId)

  router.get('/:id/funnel', allow('viewer'), async (ctx) => {
    const funnel = await funnelOf(parts, await workspaceBehind(ctx), paramIn(ctx, 'id'), callerGone(ctx))
    ctx.body = succeeded({ funnel: funnelOnTheWire(funnel) })
  })

  router.get('/:id/funnel/:exclusion', allow('viewer'), async (ctx) => {
    const format = readFormat(ctx)
    const [id, code] = [paramIn(ctx, 'id'), paramIn(ctx, 'exclusion')]
    const text = await exportExclusion(parts, await workspaceBehind(ctx), id, code, format, callerGone(ctx))
    await noteExport(parts, sessionOf(ctx), { what: 'campaign-exclusions', subjectId: id, format })
    sendExport(ctx, `campaign-${id}-${code.toLowerCase()}`, format, text)
  })

  router.get('/:id/messages', allow('viewer'), async (ctx) => {
    const paging = readPaging(ctx, { sortable: ['createdAt'], limit: 50 })
    if (!paging.descending) throw invalid('order', '"order" must be desc: messages are listed newest first')
    const filter = readFilter(ctx, paging.search)
    const found = await messagePage(parts, sessionOf(ctx).workspaceId, paramIn(ctx, 'id'), filter, paging)
    const cursor = nextCursor(paging, found.messages, messageKey)
    ctx.body = succeeded({
      messages: found.messages.map(messageOnTheWire),
      reasons: found.reasons,
      pagination: { ...pagination(paging, found.total), nextCursor: cursor },
    })
  })

  router.get('/:id/messages/export', allow('viewer'), async (ctx) => {
    const format = readFormat(ctx)
    const id = paramIn(ctx, 'id')
    const filter = readFilter(ctx, oneOf(ctx, 'search')?.trim().slice(0, 200) || null)
    const text = await exportMessages(parts, sessionOf(ctx).workspaceId, id, filter, format)
    await noteExport(parts, sessionOf(ctx), { what: 'campaign-messages', subjectId: id, format })
    sendExport(ctx, `campaign-${id}-messages`, format, text)
  })

  router.get('/:id/variants', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const { split } = await requireCampaign(parts, workspaceId, paramIn(ctx, 'id'))
    const standings = await variantStandings(parts, workspaceId, paramIn(ctx, 'id'))
    ctx.body = succeeded({ variants: standings.map((standing) => variantOnTheWire(standing, split)) })
  })

  return router
}

/** Codes and names are short; longer ones are none of ours. */
const longestWord = 32

function readFilter(ctx: Context, search: string | null): MessageFilter {
  return { status: readStatus(ctx), reason: readWord(ctx, 'reason'), variant: readWord(ctx, 'variant'), search }
}

function readStatus(ctx: Context): WireStatus | null {
  const wanted = oneOf(ctx, 'status') ?? ''
  if (wanted === '') return null
  const status = wireStatuses.find((known) => known === wanted)
  if (status === undefined) throw invalid('status', `"status" must be one of ${wireStatuses.join(', ')}`)
  return status
}

function readWord(ctx: Context, name: 'reason' | 'variant'): string | null {
  const word = oneOf(ctx, name) ?? ''
  if (word.length > longestWord) throw invalid(name, `"${name}" must have at most ${longestWord} characters`)
  return word === '' ? null : word
}

function invalid(name: string, message: string): ProblemError {
  return new ProblemError('VALIDATION', message, [{ path: `/${name}`, message }])
}

function paramIn(ctx: { readonly params: Readonly<Record<string, string | undefined>> }, name: string): string {
  return ctx.params[name] ?? ''
}
