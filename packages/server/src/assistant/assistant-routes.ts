import Router from '@koa/router'
import { type Tone, tones } from '@muster/nl-rules'
import { callerGone } from '../http/caller-gone.ts'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { type AssistantParts, translatePrompt } from './translate-prompt.ts'
import { generateMessage, suggestForObjective } from './write-message.ts'

export const checkPrompt = checkerOf<{ readonly prompt: string }>({
  type: 'object',
  required: ['prompt'],
  properties: { prompt: { type: 'string', trimmed: true, minLength: 1, maxLength: 2_000, format: 'text' } },
})

const toneSchema = { type: 'string', enum: tones }
const variantSchema = { type: 'integer', minimum: 0, maximum: 1_000_000 }

export const checkGenerate = checkerOf<{
  readonly prompt: string
  readonly tone?: Tone
  readonly maxTokens?: number
  readonly variant?: number
}>({
  type: 'object',
  required: ['prompt'],
  properties: {
    prompt: { type: 'string', trimmed: true, maxLength: 2_000, format: 'text' },
    tone: toneSchema,
    maxTokens: { type: 'integer', minimum: 1, maximum: 4_096 },
    variant: variantSchema,
  },
})

export const checkSuggestions = checkerOf<{
  readonly objective: string
  readonly audience?: object | null
  readonly tone?: Tone
  readonly variant?: number
}>({
  type: 'object',
  required: ['objective'],
  properties: {
    objective: { type: 'string', trimmed: true, minLength: 1, maxLength: 2_000, format: 'text' },
    audience: { type: ['object', 'null'] },
    tone: toneSchema,
    variant: variantSchema,
  },
})

/** As many tokens as a message has when the client does not say. */
const usualMaxTokens = 256

/** Plain English in, rules or messages out. The second address is the first one under another name, with the same access. */
export function assistantRoutes(parts: AssistantParts): Router {
  const router = new Router({ prefix: '/ai' })
  for (const path of ['/nl-to-rules', '/nl-to-rules-public']) {
    router.post(path, allow('viewer'), async (ctx) => {
      const { prompt } = await readBody(ctx, checkPrompt)
      const asker = { ...sessionOf(ctx), signal: callerGone(ctx) }
      ctx.body = succeeded(await translatePrompt(parts, asker, prompt))
    })
  }
  router.post('/generate', allow('viewer'), async (ctx) => {
    const { prompt, tone, variant, maxTokens = usualMaxTokens } = await readBody(ctx, checkGenerate)
    const asker = { ...sessionOf(ctx), signal: callerGone(ctx) }
    const wish = { ...asker, objective: prompt, tone, variant, maxTokens }
    ctx.body = succeeded(await generateMessage(parts, wish))
  })
  router.post('/message-suggestions', allow('viewer'), async (ctx) => {
    const { objective, audience, tone, variant } = await readBody(ctx, checkSuggestions)
    const asker = { ...sessionOf(ctx), signal: callerGone(ctx) }
    const wish = { ...asker, objective, tone, variant, audience: audience ?? undefined }
    ctx.body = succeeded(await suggestForObjective(parts, wish))
  })
  return router
}
