import Router from '@koa/router'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { type AssistantParts, translatePrompt } from './translate-prompt.ts'

const checkPrompt = checkerOf<{ readonly prompt: string }>({
  type: 'object',
  required: ['prompt'],
  properties: { prompt: { type: 'string', trimmed: true, minLength: 1, maxLength: 2_000, format: 'text' } },
})

/** Plain English in, rules out. The second address is the first one under another name, with the same access. */
export function assistantRoutes(parts: AssistantParts): Router {
  const router = new Router({ prefix: '/ai' })
  for (const path of ['/nl-to-rules', '/nl-to-rules-public']) {
    router.post(path, allow('viewer'), async (ctx) => {
      const { prompt } = await readBody(ctx, checkPrompt)
      ctx.body = succeeded(await translatePrompt(parts, sessionOf(ctx).workspaceId, prompt))
    })
  }
  return router
}
