import Router from '@koa/router'
import type { Knex } from 'knex'
import { succeeded } from '../http/envelope.ts'
import { pagination, readPaging } from '../http/paging.ts'
import { allowPeople } from '../http/policy.ts'
import { sessionOf } from '../http/session.ts'
import { isoOf } from '../world/moment.ts'
import { listAudit, type NamedEntry, readHead } from './audit-store.ts'
import { checkAudit } from './check-audit.ts'

/** The log of who did what, for a workspace's owners. */
export function auditRoutes(knex: Knex): Router {
  return new Router()
    .get('/workspace/audit', allowPeople('owner'), async (ctx) => {
      const { workspaceId } = sessionOf(ctx)
      const paging = readPaging(ctx, { sortable: ['number'], limit: 50 })
      const { entries: total } = await readHead(knex, workspaceId)
      const entries = await listAudit(knex, workspaceId, paging)
      ctx.body = succeeded({ entries: entries.map(entryOnTheWire), pagination: pagination(paging, total) })
    })
    .get('/workspace/audit/check', allowPeople('owner'), async (ctx) => {
      ctx.body = succeeded(await checkAudit(knex, sessionOf(ctx).workspaceId))
    })
}

function entryOnTheWire({ number, atMs, actorId, actorName, machineId, action, subjectId, details, hash }: NamedEntry) {
  const actor = { id: actorId, name: actorName, machineId }
  const told: unknown = JSON.parse(details)
  return { number, at: isoOf(atMs), actor, action, subjectId, details: told, hash }
}
