import type Router from '@koa/router'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { existing } from './change-customer.ts'
import { changeTags, type TagChange } from './change-tags.ts'
import type { CustomerParts } from './customer-parts.ts'
import { manyTagsSchema, tagChangeSchema } from './customer-schemas.ts'
import { listTags } from './tag-store.ts'

const checkOne = checkerOf<TagChange>(tagChangeSchema)
const checkMany = checkerOf<TagChange & { readonly customerIds: readonly string[] }>(manyTagsSchema)

/** Tags of one customer and of many. To be added before the routes with an id, which `tags` would be taken for. */
export function addTagRoutes(router: Router, parts: CustomerParts): void {
  router.get('/tags', allow('viewer'), async (ctx) => {
    ctx.body = succeeded({ tags: await listTags(parts.reads, sessionOf(ctx).workspaceId) })
  })

  router.post('/tags', allow('marketer'), async (ctx) => {
    const { customerIds, ...change } = await readBody(ctx, checkMany)
    ctx.body = succeeded(await changeTags(parts, sessionOf(ctx).workspaceId, customerIds, change))
  })

  router.post('/:id/tags', allow('marketer'), async (ctx) => {
    const { workspaceId } = sessionOf(ctx)
    const change = await readBody(ctx, checkOne)
    const { id } = await existing(parts.knex, workspaceId, ctx.params['id'] ?? '')
    await changeTags(parts, workspaceId, [id], change)
    ctx.body = succeeded({ tags: (await existing(parts.knex, workspaceId, id)).tags })
  })
}
