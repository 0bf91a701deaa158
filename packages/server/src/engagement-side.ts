import type Router from '@koa/router'
import type { Knex } from 'knex'
import type { Logger } from 'pino'
import { withdrawConsent } from './customers/withdraw-consent.ts'
import { inTransaction } from './database/in-transaction.ts'
import { suppressAddresses } from './deliveries/suppress-addresses.ts'
import { engagementRoutes } from './engagement/engagement-routes.ts'
import { createEar } from './engagement/hear-of-messages.ts'
import { linkKey } from './engagement/link-key-store.ts'
import { createLinks } from './engagement/links.ts'
import { trackLinks } from './engagement/track-links.ts'
import { withoutValues } from './http/answer-problems.ts'
import { recordEvents } from './webhooks/outbox.ts'
import type { World } from './world/world.ts'

/** Everything by which customers answer to messages, put together. */
export interface EngagementSide {
  /** To be served at the root. */
  readonly routers: readonly Router[]
  /** Makes the links of a text lead through here; null without a public address, where no link could lead back. */
  readonly finishText: ((text: string, messageId: string) => string) | null
  /** What a vendor of mail puts beside the text: the pixel, and the headers of RFC 2369 and RFC 8058. */
  readonly enclose: ((messageId: string) => object) | null
}

const eventKindOf = {
  open: 'message.opened',
  click: 'message.clicked',
  unsubscribe: 'message.unsubscribed',
  complaint: 'message.complained',
} as const

/** `publicUrl`: where customers reach this server, without a trailing slash; null when they do not. */
export async function createEngagementSide(
  knex: Knex,
  world: World,
  log: Logger,
  publicUrl: string | null,
): Promise<EngagementSide> {
  const ear = createEar({
    knex,
    world,
    tell: (transaction, { workspaceId, messageId, campaignId, customerId }, kind, atMs) =>
      recordEvents(transaction, [
        {
          workspaceId,
          kind: eventKindOf[kind],
          subject: messageId,
          occurredAtMs: atMs,
          data: { messageId, campaignId, customerId },
        },
      ]),
    withdraw: ({ workspaceId, customerId, address }) =>
      inTransaction(knex, async (transaction) => {
        await withdrawConsent(transaction, world, { workspaceId, customerId }, 'unsubscribe link')
        await suppressAddresses(transaction, [{ workspaceId, address }], 'unsubscribed', world.nowMs())
      }),
  })
  // Links of earlier messages are heard also while no new ones are made.
  const baseUrl = publicUrl ?? ''
  const links = createLinks(baseUrl, await linkKey(knex))
  const tell = (error: unknown) => log.error({ failure: withoutValues(error) }, 'engagement')
  const routers = [engagementRoutes(links, ear, tell)]
  if (publicUrl === null) return { routers, finishText: null, enclose: null }
  return {
    routers,
    finishText: (text, messageId) => trackLinks(text, messageId, links, baseUrl),
    enclose: (messageId) => {
      const unsubscribeUrl = links.unsubscribe(messageId)
      return {
        openPixelUrl: links.pixel(messageId),
        unsubscribeUrl,
        headers: {
          'List-Unsubscribe': `<${unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      }
    },
  }
}
