import Router from '@koa/router'
import type { AccountParts } from '../accounts/account-parts.ts'
import { openSession } from '../accounts/open-session.ts'
import { tokenLifetimeSeconds } from '../accounts/tokens.ts'
import { requireWorkspace } from '../accounts/workspaces-store.ts'
import { actorOf } from '../audit/audit-entry.ts'
import { checkerOf } from '../http/checker-of.ts'
import { done, succeeded } from '../http/envelope.ts'
import { allowPeople } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { setTokenCookie } from '../http/token-cookie.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { isoOf } from '../world/moment.ts'
import { changeRole, removeMember } from './change-members.ts'
import { changeWorkspace, type WorkspaceChange } from './change-workspace.ts'
import { acceptInvite, invite, revoke } from './invite.ts'
import { type Invite, type InvitedRole, listInvites } from './invites-store.ts'
import { listMembers, listWorkspacesOf, type MemberRole } from './members-store.ts'
import { makeServiceToken, revokeMachine } from './serve-machines.ts'
import { listServiceTokens, type ServiceRole, type ServiceToken } from './service-tokens-store.ts'
import {
  acceptSchema,
  inviteSchema,
  roleSchema,
  serviceTokenSchema,
  workspaceChangeSchema,
} from './workspace-schemas.ts'

const checkChange = checkerOf<WorkspaceChange>(workspaceChangeSchema)
const checkRole = checkerOf<{ role: MemberRole }>(roleSchema)
const checkInvite = checkerOf<{ role: InvitedRole; email?: string | null }>(inviteSchema)
const checkAccept = checkerOf<{ key: string }>(acceptSchema)
const checkServiceToken = checkerOf<{ name: string; role: ServiceRole; days?: number | null }>(serviceTokenSchema)

/** Workspaces: who works there, who may come in, and which machines. For people only. */
export function workspaceRoutes(parts: AccountParts, isProduction: boolean, frontendUrl: string): Router {
  const { knex, world } = parts
  const router = new Router()

  router.get('/workspaces', allowPeople('viewer'), async (ctx) => {
    ctx.body = succeeded({ workspaces: await listWorkspacesOf(knex, sessionOf(ctx).userId) })
  })

  router.post('/workspaces/:id/enter', allowPeople('viewer'), async (ctx) => {
    const { userId } = sessionOf(ctx)
    const workspace = (await listWorkspacesOf(knex, userId)).find(({ id }) => id === ctx.params['id'])
    if (workspace === undefined) throw new ProblemError('WORKSPACE_NOT_FOUND', 'There is no such workspace')
    const token = await openSession(parts, knex, userId, workspace.id)
    setTokenCookie(ctx, token, tokenLifetimeSeconds, isProduction)
    ctx.body = succeeded({ workspace, token })
  })

  router.get('/workspace', allowPeople('viewer'), async (ctx) => {
    const { workspaceId, role } = sessionOf(ctx)
    ctx.body = succeeded({ ...(await requireWorkspace(knex, workspaceId)), role })
  })

  router.put('/workspace', allowPeople('owner'), async (ctx) => {
    const change = await readBody(ctx, checkChange)
    const session = sessionOf(ctx)
    const workspace = await changeWorkspace(parts, session.workspaceId, change, actorOf(session))
    ctx.body = succeeded({ ...workspace, role: session.role })
  })

  router.get('/workspace/members', allowPeople('viewer'), async (ctx) => {
    const members = await listMembers(knex, sessionOf(ctx).workspaceId)
    ctx.body = succeeded({ members: members.map(({ sinceMs, ...member }) => ({ ...member, since: isoOf(sinceMs) })) })
  })

  router.patch('/workspace/members/:id', allowPeople('owner'), async (ctx) => {
    const { role } = await readBody(ctx, checkRole)
    const session = sessionOf(ctx)
    await changeRole(parts, session.workspaceId, ctx.params['id'] ?? '', role, actorOf(session))
    ctx.body = done('Role changed')
  })

  router.delete('/workspace/members/:id', allowPeople('owner'), async (ctx) => {
    const session = sessionOf(ctx)
    await removeMember(parts, session.workspaceId, ctx.params['id'] ?? '', actorOf(session))
    ctx.body = done('Member removed')
  })

  router.get('/workspace/invites', allowPeople('owner'), async (ctx) => {
    const invites = await listInvites(knex, sessionOf(ctx).workspaceId, world.nowMs())
    ctx.body = succeeded({ invites: invites.map(inviteOnTheWire) })
  })

  router.post('/workspace/invites', allowPeople('owner'), async (ctx) => {
    const session = sessionOf(ctx)
    const made = await invite(parts, session.workspaceId, actorOf(session), await readBody(ctx, checkInvite))
    ctx.status = 201
    const link = `${frontendUrl}/invite?key=${made.key}`
    ctx.body = succeeded({ ...inviteOnTheWire(made.invite), key: made.key, link })
  })

  router.delete('/workspace/invites/:id', allowPeople('owner'), async (ctx) => {
    const session = sessionOf(ctx)
    await revoke(parts, session.workspaceId, actorOf(session), ctx.params['id'] ?? '')
    ctx.body = done('Invitation revoked')
  })

  router.post('/invites/accept', allowPeople('viewer'), async (ctx) => {
    const { key } = await readBody(ctx, checkAccept)
    const { token, ...membership } = await acceptInvite(parts, sessionOf(ctx).userId, key)
    setTokenCookie(ctx, token, tokenLifetimeSeconds, isProduction)
    ctx.body = succeeded({ ...membership, token })
  })

  router.get('/workspace/service-tokens', allowPeople('owner'), async (ctx) => {
    const tokens = await listServiceTokens(knex, sessionOf(ctx).workspaceId)
    ctx.body = succeeded({ serviceTokens: tokens.map(serviceTokenOnTheWire) })
  })

  router.post('/workspace/service-tokens', allowPeople('owner'), async (ctx) => {
    const session = sessionOf(ctx)
    const wanted = await readBody(ctx, checkServiceToken)
    const made = await makeServiceToken(parts, session.workspaceId, actorOf(session), wanted)
    ctx.status = 201
    ctx.body = succeeded({ ...serviceTokenOnTheWire(made.token), key: made.key })
  })

  router.delete('/workspace/service-tokens/:id', allowPeople('owner'), async (ctx) => {
    const session = sessionOf(ctx)
    await revokeMachine(parts, session.workspaceId, actorOf(session), ctx.params['id'] ?? '')
    ctx.body = done('Service token revoked')
  })

  return router
}

function inviteOnTheWire({ id, role, email, createdAtMs, expiresAtMs }: Invite) {
  return { id, role, email, createdAt: isoOf(createdAtMs), expiresAt: isoOf(expiresAtMs) }
}

function serviceTokenOnTheWire({ id, name, role, createdAtMs, expiresAtMs, lastUsedAtMs }: ServiceToken) {
  const times = { createdAt: isoOf(createdAtMs), expiresAt: isoOf(expiresAtMs), lastUsedAt: isoOf(lastUsedAtMs) }
  return { id, name, role, ...times }
}
