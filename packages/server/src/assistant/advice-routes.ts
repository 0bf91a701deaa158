import Router from '@koa/router'
import { type Tone, tones } from '@muster/nl-rules'
import type { Context } from 'koa'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { callerGone } from '../http/caller-gone.ts'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { findLookalike, type LookalikeParts } from './find-lookalike.ts'
import { type PersonalizingParts, personalizeContent } from './personalize-content.ts'
import { suggestTimes, type TimingParts } from './suggest-times.ts'
import { type SummaryParts, summarizeCampaign } from './summarize-campaign.ts'
import { type CampaignText, tagCampaign } from './tag-campaign.ts'

/** What advice is made from. */
export interface AdviceParts extends SummaryParts, TimingParts, LookalikeParts, PersonalizingParts {
  readonly world: SummaryParts['world']
  readonly workspaceOf: (workspaceId: string) => Promise<Workspace>
}

const text = (maxLength: number) => ({ type: 'string', trimmed: true, maxLength, format: 'text' })
const required = (maxLength: number) => ({ ...text(maxLength), minLength: 1 })

export const checkSummary = checkerOf<{ readonly campaignId: string }>({
  type: 'object',
  required: ['campaignId'],
  properties: { campaignId: required(64) },
})

export const checkTiming = checkerOf<{ readonly campaignType: string }>({
  type: 'object',
  required: ['campaignType'],
  properties: { campaignType: required(200), audience: { type: ['object', 'null'] } },
})

export const checkLookalike = checkerOf<{ readonly baseAudienceRules: object }>({
  type: 'object',
  required: ['baseAudienceRules'],
  properties: { baseAudienceRules: { type: 'object' } },
})

export const checkTagging = checkerOf<{ readonly campaignData: CampaignText }>({
  type: 'object',
  required: ['campaignData'],
  properties: {
    campaignData: {
      type: 'object',
      properties: {
        name: text(200),
        description: { type: ['string', 'null'], maxLength: 2_000, format: 'text' },
        message: { type: ['string', 'null'], maxLength: 10_000, format: 'text' },
        rules: { type: ['object', 'null'] },
      },
    },
  },
})

export const checkPersonalizing = checkerOf<{
  readonly template: string
  readonly customerData: Readonly<Record<string, unknown>>
  readonly tone?: Tone
}>({
  type: 'object',
  required: ['template', 'customerData'],
  properties: {
    template: required(2_000),
    customerData: { type: 'object' },
    tone: { type: 'string', enum: tones },
  },
})

/** Advice from this workspace's own rows: how a campaign went, when to send, who is alike, what to file it under. */
export function adviceRoutes(parts: AdviceParts): Router {
  const router = new Router({ prefix: '/ai' })
  const askerIn = (ctx: Context) => ({ ...sessionOf(ctx), signal: callerGone(ctx) })

  router.post('/campaign-summary', allow('viewer'), async (ctx) => {
    const { campaignId } = await readBody(ctx, checkSummary)
    ctx.body = succeeded(await summarizeCampaign(parts, askerIn(ctx), campaignId))
  })

  router.post('/scheduling-suggestions', allow('viewer'), async (ctx) => {
    await readBody(ctx, checkTiming)
    ctx.body = succeeded({ suggestions: await suggestTimes(parts, sessionOf(ctx).workspaceId) })
  })

  router.post('/lookalike-audience', allow('viewer'), async (ctx) => {
    const { baseAudienceRules } = await readBody(ctx, checkLookalike)
    ctx.body = succeeded(await findLookalike(parts, sessionOf(ctx).workspaceId, baseAudienceRules, callerGone(ctx)))
  })

  router.post('/auto-tag', allow('viewer'), async (ctx) => {
    const { campaignData } = await readBody(ctx, checkTagging)
    ctx.body = succeeded(
      tagCampaign(campaignData, await parts.populationOf(sessionOf(ctx).workspaceId), parts.world.nowMs()),
    )
  })

  router.post('/personalize-content', allow('viewer'), async (ctx) => {
    const { template, customerData, tone = 'professional' } = await readBody(ctx, checkPersonalizing)
    const { currency } = await parts.workspaceOf(sessionOf(ctx).workspaceId)
    ctx.body = succeeded(await personalizeContent(parts, { ...askerIn(ctx), template, customerData, tone, currency }))
  })

  return router
}
