import Router from '@koa/router'
import type { Context } from 'koa'
import { findCampaign } from '../campaigns/campaign-store.ts'
import { succeeded } from '../http/envelope.ts'
import { oneOf } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { sessionOf } from '../http/session.ts'
import { majorOf } from '../money/minor-units.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { attributionOnTheWire, averageOf, campaignMessages } from './analytics-answers.ts'
import type { AnalyticsParts } from './analytics-parts.ts'
import { askSlowly } from './ask-slowly.ts'
import { attributeRevenue, longestWindowDays, usualWindowDays } from './attribute-revenue.ts'
import { valueOfRecipients } from './attribution-store.ts'
import { figuresOfCampaign, messagesOf, newestCampaigns } from './campaign-figures.ts'
import { openBooks } from './open-books.ts'
import { readEngagement } from './read-engagement.ts'
import { readWhole } from './read-question.ts'

/** The newest campaigns of which the overview tells. */
const mostCampaigns = 50

const noValue = { customers: 0, spendingMinor: 0, visits: 0 }

/** How campaigns went, all together and one by one. */
export function campaignFigureRoutes(parts: AnalyticsParts): Router {
  const router = new Router()

  router.get('/analytics/campaigns', allow('viewer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const campaignId = oneOf(ctx, 'campaignId')
    if (campaignId !== undefined && campaignId !== '') {
      ctx.body = succeeded(await oneCampaign(parts, ctx, campaignId))
      return
    }
    const books = await openBooks(parts, workspaceId)
    const listed = await newestCampaigns(parts, workspaceId, mostCampaigns)
    const engagement = await readEngagement(parts, books, listed)
    ctx.body = succeeded({
      performance: listed.map(({ run, messages }) => ({
        id: run.campaignId,
        name: run.campaignName,
        status: run.campaignStatus,
        totalMessages: messages.total,
        deliveredMessages: messages.delivered,
        deliveryRate: messages.deliveryRate,
      })),
      delivery: messagesOf(listed.map(({ progress }) => progress)).byStatus,
      engagement: {
        avgOpenRate: engagement.openRate,
        avgClickRate: engagement.clickRate,
        avgConversionRate: engagement.conversionRate,
        bestPerformingTime: engagement.bestTime,
        bestPerformingDay: engagement.bestDay,
        reasons: engagement.reasons,
      },
    })
  })

  router.get('/campaigns/:id/analytics', allow('viewer'), async (ctx) => {
    const { performance, audienceAnalytics, attribution } = await oneCampaign(parts, ctx, ctx.params['id'] ?? '')
    const { audienceValue, avgSpending } = audienceAnalytics
    ctx.body = succeeded({ ...performance, audienceValue, avgCustomerValue: avgSpending, attribution })
  })

  return router
}

/** One campaign of the session's workspace, before and after its launch. */
async function oneCampaign(parts: AnalyticsParts, ctx: Context, campaignId: string) {
  const windowDays = readWhole('windowDays', oneOf(ctx, 'windowDays'), {
    least: 1,
    most: longestWindowDays,
    usual: usualWindowDays,
  })
  const { workspaceId } = sessionOf(ctx)
  const campaign = await findCampaign(parts.reads, workspaceId, campaignId)
  if (campaign === null) throw new ProblemError('CAMPAIGN_NOT_FOUND', 'There is no such campaign')
  const { id, name, status, audienceSize } = campaign
  const figures = await figuresOfCampaign(parts, workspaceId, id)
  const value =
    figures === null
      ? noValue
      : await askSlowly(parts, workspaceId, (asking) => valueOfRecipients(asking, workspaceId, figures.run.runId))
  const attribution = await attributeRevenue(parts, workspaceId, figures?.run ?? null, windowDays)
  return {
    campaign: { id, name, status, audienceSize },
    performance: campaignMessages(figures?.messages ?? messagesOf([])),
    audienceAnalytics: {
      audienceValue: majorOf(value.spendingMinor),
      avgSpending: averageOf(value.spendingMinor, value.customers),
      avgVisits: value.customers === 0 ? null : Math.round((value.visits / value.customers) * 10) / 10,
    },
    attribution: attributionOnTheWire(attribution, parts.world.nowMs()),
  }
}
