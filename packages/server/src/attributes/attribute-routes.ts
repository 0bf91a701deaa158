import Router from '@koa/router'
import { checkerOf } from '../http/checker-of.ts'
import { done, succeeded } from '../http/envelope.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import type { AttributePlan } from './attribute.ts'
import type { AttributeParts } from './attribute-parts.ts'
import { attributeChangeSchema, attributeSchema } from './attribute-schemas.ts'
import { listAttributes } from './attribute-store.ts'
import { changeAttribute, declareAttribute, dropAttribute } from './declare-attribute.ts'

const checkNew = checkerOf<AttributePlan>(attributeSchema)
const checkChange = checkerOf<Omit<AttributePlan, 'name'>>(attributeChangeSchema)

/** The facts about customers that a workspace keeps of its own. */
export function attributeRoutes(parts: AttributeParts): Router {
  const router = new Router({ prefix: '/workspace/attributes' })

  router.get('/', allow('viewer'), async (ctx) => {
    ctx.body = succeeded({ attributes: await listAttributes(parts.knex, sessionOf(ctx).workspaceId) })
  })

  router.post('/', allow('marketer'), async (ctx) => {
    const attribute = await declareAttribute(parts, sessionOf(ctx).workspaceId, await readBody(ctx, checkNew))
    ctx.status = 201
    ctx.body = succeeded({ attribute })
  })

  router.put('/:name', allow('marketer'), async (ctx) => {
    const plan = { ...(await readBody(ctx, checkChange)), name: ctx.params['name'] ?? '' }
    ctx.body = succeeded({ attribute: await changeAttribute(parts, sessionOf(ctx).workspaceId, plan) })
  })

  router.delete('/:name', allow('marketer'), async (ctx) => {
    await dropAttribute(parts, sessionOf(ctx).workspaceId, ctx.params['name'] ?? '')
    ctx.body = done('Attribute deleted, with its values')
  })

  return router
}
