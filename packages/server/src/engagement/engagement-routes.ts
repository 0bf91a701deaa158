import Router from '@koa/router'
import type { Context } from 'koa'
import { allow } from '../http/policy.ts'
import { unknownLinkPage, unsubscribedPage, unsubscribePage } from './engagement-pages.ts'
import type { Ear, Heard } from './hear-of-messages.ts'
import type { LinkKind, SignedLinks } from './links.ts'

/** One transparent point. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/**
 * Where the links of messages lead, at the root and without a session: whoever holds the message holds the link. What
 * is not signed by us changes nothing, is told nothing, and leads nowhere.
 */
export function engagementRoutes(links: SignedLinks, ear: Ear, log: (failure: unknown) => void): Router {
  const router = new Router({ prefix: '/m' })
  /** Hearing of a click must never cost the person the page they wanted. */
  const hear = (ctx: Context, heard: Pick<Heard, 'messageId' | 'kind' | 'url'>) =>
    ear.hear({ ...heard, userAgent: ctx.get('user-agent').slice(0, 500) }).catch(log)

  router.get('/o/:messageId/:signature', allow('anyone'), async (ctx) => {
    const { messageId, signature } = named(ctx)
    if (links.isOurs('open', [messageId], signature.replace(/\.gif$/, '')) && ctx.method === 'GET') {
      await hear(ctx, { messageId, kind: 'open', url: null })
    }
    ctx.type = 'image/gif'
    ctx.body = pixel
  })

  router.get('/c/:messageId/:signature/:url', allow('anyone'), async (ctx) => {
    const { messageId, signature, url: encoded } = named(ctx)
    const url = Buffer.from(encoded, 'base64url').toString()
    if (!links.isOurs('click', [messageId, url], signature)) return notOurs(ctx)
    if (ctx.method === 'GET') await hear(ctx, { messageId, kind: 'click', url })
    ctx.status = 302
    ctx.set('Location', new URL(url).href)
  })

  router.get('/u/:messageId/:signature', allow('anyone'), async (ctx) => {
    const message = isSigned(ctx, 'unsubscribe') ? await ear.find(named(ctx).messageId) : null
    if (message === null) return notOurs(ctx)
    show(ctx, unsubscribePage(message.campaignName))
  })

  // One click of a mail program by RFC 8058, and the button of the page: its form or body says nothing that matters.
  router.post('/u/:messageId/:signature', allow('anyone'), async (ctx) => {
    const isDone = isSigned(ctx, 'unsubscribe') && (await ear.unsubscribe(named(ctx).messageId))
    if (!isDone) return notOurs(ctx)
    show(ctx, unsubscribedPage)
  })

  function isSigned(ctx: Context, kind: LinkKind): boolean {
    const { messageId, signature } = named(ctx)
    return links.isOurs(kind, [messageId], signature)
  }

  return router
}

function named(ctx: Context & { params?: Readonly<Record<string, string | undefined>> }) {
  const { messageId = '', signature = '', url = '' } = ctx.params ?? {}
  return { messageId, signature, url }
}

function notOurs(ctx: Context): void {
  show(ctx, unknownLinkPage)
  ctx.status = 404
}

/** A page may send its own form and nothing else. */
function show(ctx: Context, html: string): void {
  ctx.set('Content-Security-Policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
  ctx.type = 'html'
  ctx.body = html
}
