import Router from '@koa/router'
import type { Context } from 'koa'
import { oneOf } from '../http/paging.ts'
import { allow } from '../http/policy.ts'

/** Plain text without percent signs: the client decodes it twice. */
const unavailable = 'Logging in with Google is not set up on this server'

/**
 * Where browsers go to log in with Google. As long as no client of Google's is configured they are sent back
 * to the page that they came from, with the reason: a browser must never be stranded on a page of JSON.
 */
export function googleRoutes(frontendUrl: string): Router {
  const sendBack = async (ctx: Context) => {
    ctx.set('Cross-Origin-Opener-Policy', 'unsafe-none')
    const isPopup = oneOf(ctx, 'popup') === '1'
    const page = isPopup ? '/auth/popup-complete?status=error&error=' : '/auth/callback?error='
    ctx.redirect(`${frontendUrl}${page}${encodeURIComponent(unavailable)}`)
  }
  return new Router()
    .get('/auth/google', allow('anyone'), sendBack)
    .get('/auth/google/callback', allow('anyone'), sendBack)
}
