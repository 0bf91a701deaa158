import Router from '@koa/router'
import type { Context } from 'koa'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { actorOf } from '../audit/audit-entry.ts'
import { callerGone } from '../http/caller-gone.ts'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { allow, allowPeople } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { launchAnswer, scheduleAnswer } from './campaign-answers.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { launchSchema, plannedLaunchSchema, scheduleSchema, testSchema } from './campaign-schemas.ts'
import { funnelOnTheWire } from './funnel-answers.ts'
import { launchCampaign } from './launch-campaign.ts'
import { previewLaunch } from './preview-campaign.ts'
import { instantOf } from './read-schedule.ts'
import { rescheduleCampaign } from './reschedule-campaign.ts'
import { testCampaign } from './test-campaign.ts'

/** Whoever is logged in, as far as a test message needs to know them. */
export type UserOf = (userId: string) => Promise<{ readonly id: string; readonly email: string }>

interface LaunchBody {
  readonly message?: string
  readonly scheduleAt?: string | null
  readonly expiresAt?: string | null
  readonly queue?: boolean
  readonly previewToken?: string
  readonly confirm?: boolean
}

const checkPlanned = checkerOf<{ message?: string }>(plannedLaunchSchema)
const checkLaunch = checkerOf<LaunchBody>(launchSchema)
const checkSchedule = checkerOf<{ scheduleAt: string | null }>(scheduleSchema)
const checkTest = checkerOf<{ message?: string; variant?: string; customerId?: string }>(testSchema)

/** From the finished draft to the first message: look at it, try it, launch it, move its time. */
export function launchRoutes(
  parts: CampaignParts,
  workspaceOf: (workspaceId: string) => Promise<Workspace>,
  userOf: UserOf,
): Router {
  const router = new Router({ prefix: '/campaigns' })
  const workspaceBehind = (ctx: Pick<Context, 'state'>) => workspaceOf(sessionOf(ctx).workspaceId)

  router.post('/:id/preview', allow('marketer'), async (ctx) => {
    const { message = null } = await readBody(ctx, (body) => checkPlanned(body ?? {}))
    const workspace = await workspaceBehind(ctx)
    const { funnel, token } = await previewLaunch(parts, workspace, idIn(ctx), message, callerGone(ctx))
    ctx.body = succeeded({ funnel: funnelOnTheWire(funnel), previewToken: token })
  })

  router.post('/:id/test-send', allowPeople('marketer'), async (ctx) => {
    const wanted = await readBody(ctx, (body) => checkTest(body ?? {}))
    const { message = null, variant = null, customerId = null } = wanted
    const order = { message, variant, customerId }
    const user = await userOf(sessionOf(ctx).userId)
    const sent = await testCampaign(parts, await workspaceBehind(ctx), idIn(ctx), user, order)
    ctx.body = succeeded({ messageId: sent.messageId, to: sent.to, message: sent.text, status: 'QUEUED' })
  })

  router.post('/:id/launch', allow('marketer'), async (ctx) => {
    const { message = null, scheduleAt, expiresAt, previewToken = null, confirm } = await readBody(ctx, checkLaunch)
    const workspace = await workspaceBehind(ctx)
    const startAtMs = scheduleAt == null ? null : instantOf('scheduleAt', scheduleAt, workspace.timeZone)
    const expiresAtMs = expiresAt == null ? null : instantOf('expiresAt', expiresAt, workspace.timeZone)
    const order = { message, startAtMs, expiresAtMs, previewToken, isConfirmed: confirm === true }
    ctx.body = succeeded(
      launchAnswer(await launchCampaign(parts, workspace, idIn(ctx), order, actorOf(sessionOf(ctx)))),
    )
  })

  router.put('/:id/schedule', allow('marketer'), async (ctx) => {
    const { scheduleAt } = await readBody(ctx, checkSchedule)
    const session = sessionOf(ctx)
    const { timeZone } = await workspaceBehind(ctx)
    const startAtMs = scheduleAt === null ? null : instantOf('scheduleAt', scheduleAt, timeZone)
    const moved = await rescheduleCampaign(parts, session.workspaceId, idIn(ctx), startAtMs, actorOf(session))
    ctx.body = succeeded(scheduleAnswer(moved))
  })

  return router
}

function idIn(ctx: { readonly params: Readonly<Record<string, string | undefined>> }): string {
  return ctx.params['id'] ?? ''
}
