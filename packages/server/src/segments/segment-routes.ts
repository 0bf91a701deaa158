import Router from '@koa/router'
import type { Context } from 'koa'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { noteExport } from '../audit/note-export.ts'
import { callerGone } from '../http/caller-gone.ts'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { pagination, readPaging } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { readFormat, sendExport } from '../http/send-export.ts'
import { sessionOf } from '../http/session.ts'
import { expectedVersion, tagVersion } from '../http/version-tag.ts'
import { explainMembership } from './explain-membership.ts'
import { exportMembers } from './export-members.ts'
import {
  changeSegment,
  createSegment,
  dropSegment,
  measureSegment,
  requireSegment,
  type SegmentPlan,
} from './keep-segments.ts'
import { previewInDetail } from './preview-audience.ts'
import { authored } from './segment.ts'
import { keptOnTheWire, previewOnTheWire, segmentOnTheWire } from './segment-answers.ts'
import type { SegmentParts } from './segment-parts.ts'
import { previewSchema, segmentSchema } from './segment-schemas.ts'
import { listSegments } from './segment-store.ts'

const checkPlan = checkerOf<SegmentPlan & { autoLaunch?: false }>(segmentSchema)
const checkPreview = checkerOf<{ rules: unknown }>(previewSchema)

/** Segments: named rules, who is in them, and why. `workspaceOf` finds the workspace of a request's session. */
export function segmentRoutes(parts: SegmentParts, workspaceOf: (workspaceId: string) => Promise<Workspace>): Router {
  const router = new Router({ prefix: '/segments' })
  const workspaceBehind = (ctx: Pick<Context, 'state'>) => workspaceOf(sessionOf(ctx).workspaceId)

  router.get('/', allow('viewer'), async (ctx) => {
    const paging = readPaging(ctx, { sortable: ['createdAt', 'name', 'size'] })
    const { segments, total } = await listSegments(parts.reads, sessionOf(ctx).workspaceId, paging)
    ctx.body = succeeded({ segments: segments.map(segmentOnTheWire), pagination: pagination(paging, total) })
  })

  router.post('/', allow('marketer'), async (ctx) => {
    const plan = await readBody(ctx, checkPlan)
    const kept = await createSegment(parts, await workspaceBehind(ctx), sessionOf(ctx).userId, plan)
    tagVersion(ctx, authored(kept.segment))
    ctx.body = succeeded(keptOnTheWire(kept))
  })

  router.post('/preview', allow('viewer'), async (ctx) => {
    const { rules } = await readBody(ctx, checkPreview)
    const { conditions, ...preview } = await previewInDetail(parts, await workspaceBehind(ctx), rules, callerGone(ctx))
    ctx.body = succeeded({ ...previewOnTheWire(preview), conditions })
  })

  router.get('/:id', allow('viewer'), async (ctx) => {
    const segment = await segmentBehind(ctx)
    tagVersion(ctx, authored(segment))
    ctx.body = succeeded({ segment: segmentOnTheWire(segment) })
  })

  router.put('/:id', allow('marketer'), async (ctx) => {
    const plan = await readBody(ctx, checkPlan)
    const kept = await changeSegment(parts, await workspaceBehind(ctx), idIn(ctx), plan, expectedVersion(ctx))
    tagVersion(ctx, authored(kept.segment))
    ctx.body = succeeded(keptOnTheWire(kept))
  })

  router.post('/:id/measure', allow('viewer'), async (ctx) => {
    const segment = await measureSegment(parts, await workspaceBehind(ctx), idIn(ctx))
    ctx.body = succeeded({ segment: segmentOnTheWire(segment) })
  })

  router.delete('/:id', allow('marketer'), async (ctx) => {
    await dropSegment(parts, sessionOf(ctx).workspaceId, idIn(ctx))
    ctx.body = succeeded({ message: 'Segment deleted' })
  })

  router.get('/:id/explain/:customerId', allow('viewer'), async (ctx) => {
    const { rule } = await segmentBehind(ctx)
    const customerId = ctx.params['customerId'] ?? ''
    ctx.body = succeeded({ explanation: await explainMembership(parts, await workspaceBehind(ctx), rule, customerId) })
  })

  router.get('/:id/members', allow('viewer'), async (ctx) => {
    const format = readFormat(ctx)
    const segment = await segmentBehind(ctx)
    const workspace = await workspaceBehind(ctx)
    await noteExport(parts, sessionOf(ctx), { what: 'segment-members', subjectId: segment.id, format })
    sendExport(ctx, `segment-${segment.id}`, format, exportMembers(parts, workspace, segment, format, callerGone(ctx)))
  })

  function segmentBehind(ctx: Parameters<typeof idIn>[0] & Pick<Context, 'state'>) {
    return requireSegment(parts, sessionOf(ctx).workspaceId, idIn(ctx))
  }

  return router
}

function idIn(ctx: { readonly params: Readonly<Record<string, string | undefined>> }): string {
  return ctx.params['id'] ?? ''
}
