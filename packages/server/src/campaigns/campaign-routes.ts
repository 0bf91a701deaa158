import Router from '@koa/router'
import type { Context } from 'koa'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { actorOf } from '../audit/audit-entry.ts'
import { callerGone } from '../http/caller-gone.ts'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { oneOf, pagination, readPaging } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { previewAudience } from '../segments/preview-audience.ts'
import { previewOnTheWire } from '../segments/segment-answers.ts'
import { type CampaignStatus, campaignStatuses } from './campaign.ts'
import { campaignDetailOnTheWire, campaignListItem, campaignOnTheWire } from './campaign-answers.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { planSchema, previewAudienceSchema } from './campaign-schemas.ts'
import { type Control, controlCampaign, retryFailed } from './control-campaign.ts'
import { funnelOfRules } from './funnel.ts'
import { funnelOnTheWire } from './funnel-answers.ts'
import { changeDraft, createDraft, dropDraft, type Plan } from './plan-campaign.ts'
import { campaignDetail, campaignPage, campaignTotals } from './read-campaigns.ts'

/** The most messages that a campaign's detail shows; the figures beside them count all. */
const mostMessages = 100

const checkPlan = checkerOf<Plan>(planSchema)
const checkPreview = checkerOf<{ rules: unknown; funnel?: boolean }>(previewAudienceSchema)

/** Campaigns from the draft to the last receipt. `workspaceOf` finds the workspace of a request's session. */
export function campaignRoutes(parts: CampaignParts, workspaceOf: (workspaceId: string) => Promise<Workspace>): Router {
  const router = new Router({ prefix: '/campaigns' })
  const workspaceBehind = (ctx: Pick<Context, 'state'>) => workspaceOf(sessionOf(ctx).workspaceId)

  router.get('/', allow('viewer'), async (ctx) => {
    const paging = readPaging(ctx, { sortable: ['createdAt', 'name', 'status'] })
    const { standings, total } = await campaignPage(parts, sessionOf(ctx).workspaceId, {
      ...paging,
      status: readStatus(ctx),
    })
    ctx.body = succeeded({ campaigns: standings.map(campaignListItem), pagination: pagination(paging, total) })
  })

  router.get('/stats', allow('viewer'), async (ctx) => {
    const { successPercent, ...totals } = await campaignTotals(parts, sessionOf(ctx).workspaceId)
    ctx.body = succeeded({ ...totals, avgSuccessRate: successPercent ?? 0 })
  })

  router.post('/preview-audience', allow('viewer'), async (ctx) => {
    const { rules, funnel: isFunnelWanted = false } = await readBody(ctx, checkPreview)
    const workspace = await workspaceBehind(ctx)
    const gone = callerGone(ctx)
    const preview = previewOnTheWire(await previewAudience(parts, workspace, rules, gone))
    const funnel = isFunnelWanted ? { funnel: funnelOnTheWire(await funnelOfRules(parts, workspace, rules, gone)) } : {}
    ctx.body = succeeded({ ...preview, ...funnel }, { audienceSize: preview.audienceSize })
  })

  router.post('/', allow('marketer'), async (ctx) => {
    const plan = await readBody(ctx, checkPlan)
    const campaign = campaignOnTheWire(
      await createDraft(parts, await workspaceBehind(ctx), sessionOf(ctx).userId, plan),
    )
    const created = { id: campaign.id, campaign }
    ctx.status = 201
    ctx.body = succeeded(created, created)
  })

  router.get('/:id', allow('viewer'), async (ctx) => {
    const detail = await campaignDetail(parts, sessionOf(ctx).workspaceId, idIn(ctx), mostMessages)
    ctx.body = succeeded({ campaign: campaignDetailOnTheWire(detail) })
  })

  router.put('/:id', allow('marketer'), async (ctx) => {
    const plan = await readBody(ctx, checkPlan)
    const campaign = await changeDraft(parts, await workspaceBehind(ctx), idIn(ctx), plan)
    ctx.body = succeeded({ message: 'Campaign updated', campaign: campaignOnTheWire(campaign) })
  })

  router.delete('/:id', allow('marketer'), async (ctx) => {
    await dropDraft(parts, sessionOf(ctx).workspaceId, idIn(ctx))
    ctx.body = succeeded({ message: 'Campaign deleted' })
  })

  for (const [control, done] of controls) {
    router.post(`/:id/${control}`, allow('marketer'), async (ctx) => {
      const session = sessionOf(ctx)
      const { status } = await controlCampaign(parts, session.workspaceId, idIn(ctx), control, actorOf(session))
      ctx.body = succeeded({ message: done, status })
    })
  }

  router.post('/:id/retry-failed', allow('marketer'), async (ctx) => {
    const session = sessionOf(ctx)
    const retried = await retryFailed(parts, session.workspaceId, idIn(ctx), actorOf(session))
    ctx.body = succeeded({ retried, message: `Sending again to ${retried}` })
  })

  return router
}

const controls: readonly (readonly [Control, string])[] = [
  ['pause', 'Campaign paused'],
  ['resume', 'Campaign resumed'],
  ['cancel', 'Campaign cancelled'],
]

function idIn(ctx: { readonly params: Readonly<Record<string, string | undefined>> }): string {
  return ctx.params['id'] ?? ''
}

function readStatus(ctx: Context): CampaignStatus | null {
  const wanted = oneOf(ctx, 'status')
  if (wanted === undefined || wanted === '') return null
  const status = campaignStatuses.find((known) => known === wanted)
  if (status !== undefined) return status
  const message = `"status" must be one of ${campaignStatuses.join(', ')}`
  throw new ProblemError('VALIDATION', message, [{ path: '/status', message }])
}
