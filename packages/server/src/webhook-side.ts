import type Router from '@koa/router'
import type { Knex } from 'knex'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { withoutValues } from './http/answer-problems.ts'
import { signWebhook } from './vendor/receipt-signature.ts'
import { createPost } from './webhooks/post-safely.ts'
import { createSecretSeal } from './webhooks/seal-secret.ts'
import { createTeller } from './webhooks/tell-endpoints.ts'
import { webhookRoutes } from './webhooks/webhook-routes.ts'
import type { World } from './world/world.ts'

/** Everything that tells other systems what happens, put together. */
export interface WebhookSide {
  /** To be served below `/api`. */
  readonly routers: readonly Router[]
  start(): void
  stop(): Promise<void>
}

export function createWebhookSide(knex: Knex, world: World, log: Logger, config: Config): WebhookSide {
  const rules = { allowsPrivate: config.webhooksToPrivate }
  const seal = config.dataKey === null ? null : createSecretSeal(config.dataKey)
  const tell = (failure: unknown) => log.error({ failure: withoutValues(failure) }, 'webhooks')
  const teller = createTeller({ knex, world, seal, post: createPost(rules), sign: signWebhook, tell })
  return {
    routers: [webhookRoutes({ knex, world, rules, seal, wake: teller.wake })],
    start: teller.start,
    stop: teller.stop,
  }
}
