import Router from '@koa/router'
import type { Context } from 'koa'
import { checkerOf } from '../http/checker-of.ts'
import { done, succeeded } from '../http/envelope.ts'
import type { Limits } from '../http/limits.ts'
import { allow, allowPeople } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { setTokenCookie } from '../http/token-cookie.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { AccountParts } from './account-parts.ts'
import { currentPasswordSchema } from './account-schemas.ts'
import { enterWithGoogle } from './enter-with-google.ts'
import { createReadIdentity } from './google-identity.ts'
import { type GoogleConfig, googleProvider } from './google-provider.ts'
import { createGoogleRoundTrip } from './google-round-trip.ts'
import { confirmLinking, linkGoogle, unlinkGoogle } from './link-google.ts'
import { type RoundTrip, roundTripSeconds, type Seal } from './sealed-round-trip.ts'
import { tokenLifetimeSeconds } from './tokens.ts'

/** What these routes need besides the accounts. */
export interface GoogleParts {
  /** Null: nobody logs in with Google here. */
  readonly google: GoogleConfig | null
  readonly seal: Seal
  readonly limits: Limits
  /** Where the client's pages are: the one address that redirects lead to. */
  readonly frontendUrl: string
  readonly isProduction: boolean
}

const checkPassword = checkerOf<{ currentPassword: string }>(currentPasswordSchema)

/**
 * Logging in with Google, and linking it to an account. Whatever happens to a browser that comes back, it ends on a
 * page of the client with its token or a reason, never on a page of JSON.
 */
export function googleRoutes(
  parts: AccountParts,
  { google, seal, limits, frontendUrl, isProduction }: GoogleParts,
): Router {
  const provider = google && googleProvider(google)
  const roundTrip = provider && createGoogleRoundTrip(provider)
  const readIdentity = provider && createReadIdentity(provider)
  const router = new Router()

  router.get('/auth/google', allow('anyone'), async (ctx) => {
    const isPopup = ctx.query['popup'] === '1'
    await endOnPage(ctx, frontendUrl, isPopup, async () =>
      ctx.redirect(await setOut(ctx, { isPopup, linkingFor: null })),
    )
  })

  router.get('/auth/google/callback', allow('anyone'), async (ctx) => {
    const sealed = ctx.cookies.get(tripCookie)
    const trip = sealed === undefined ? null : await seal.open(sealed, parts.world.nowMs())
    ctx.append('Set-Cookie', cookie('', 0, isProduction))
    await endOnPage(ctx, frontendUrl, trip?.isPopup ?? false, () => comeBack(ctx, trip))
  })

  router.post('/auth/google/link', allowPeople('viewer'), async (ctx) => {
    const { sessionId, userId } = sessionOf(ctx)
    const { currentPassword } = await readBody(ctx, checkPassword)
    await limits.attempt(ctx, `password ${userId}`, () => confirmLinking(parts, userId, currentPassword))
    const url = await setOut(ctx, { isPopup: false, linkingFor: { sessionId, userId } })
    ctx.body = succeeded({ url })
  })

  router.post('/auth/google/unlink', allowPeople('viewer'), async (ctx) => {
    const { userId } = sessionOf(ctx)
    const { currentPassword } = await readBody(ctx, checkPassword)
    await limits.attempt(ctx, `password ${userId}`, () => unlinkGoogle(parts, userId, currentPassword))
    ctx.body = done('Google is no longer linked')
  })

  /** Answers Google's address, and lets the browser carry what it must bring back. */
  async function setOut(ctx: Context, why: Pick<RoundTrip, 'isPopup' | 'linkingFor'>): Promise<string> {
    if (roundTrip === null) throw notSetUp()
    const { url, secrets } = await roundTrip.begin()
    const sealed = await seal.close({ ...secrets, ...why }, parts.world.nowMs())
    ctx.append('Set-Cookie', cookie(sealed, roundTripSeconds, isProduction))
    return url
  }

  async function comeBack(ctx: Context, trip: RoundTrip | null): Promise<void> {
    if (roundTrip === null || readIdentity === null) throw notSetUp()
    if (trip === null) {
      throw new ProblemError('GOOGLE_REFUSED', 'This login took too long or was begun somewhere else: please try again')
    }
    const identity = await readIdentity(await roundTrip.finish(ctx.query, trip), trip.nonce, parts.world.nowMs())
    if (trip.linkingFor !== null) {
      await linkGoogle(parts, trip.linkingFor, identity)
      ctx.redirect(`${frontendUrl}/settings`)
      return
    }
    const { token } = await enterWithGoogle(parts, identity)
    setTokenCookie(ctx, token, tokenLifetimeSeconds, isProduction)
    const page = trip.isPopup ? '/auth/popup-complete?status=success&token=' : '/auth/callback?token='
    ctx.redirect(`${frontendUrl}${page}${encodeURIComponent(token)}`)
  }

  return router
}

/** The client's pages keep the link to their opener, which the usual policy would cut. */
async function endOnPage(
  ctx: Context,
  frontendUrl: string,
  isPopup: boolean,
  walk: () => Promise<void>,
): Promise<void> {
  ctx.set('Cross-Origin-Opener-Policy', 'unsafe-none')
  try {
    await walk()
  } catch (error) {
    if (!(error instanceof ProblemError)) ctx.app.emit('error', error, ctx)
    const reason = error instanceof ProblemError ? error.message : 'Something went wrong on our side: please try again'
    const page = isPopup ? '/auth/popup-complete?status=error&error=' : '/auth/callback?error='
    // The client decodes it twice: a percent sign that is left after the first time would break the second.
    ctx.redirect(`${frontendUrl}${page}${encodeURIComponent(reason.replaceAll('%', ''))}`)
  }
}

function notSetUp(): ProblemError {
  return new ProblemError('GOOGLE_REFUSED', 'Logging in with Google is not set up on this server')
}

const tripCookie = 'oauth_state'

/** The browser comes back from another site, and the page that asks for a link is one in production. */
function cookie(value: string, lifetimeSeconds: number, isProduction: boolean): string {
  const reach = isProduction ? 'SameSite=None; Secure' : 'SameSite=Lax'
  return `${tripCookie}=${value}; Path=/api/auth/google; Max-Age=${lifetimeSeconds}; HttpOnly; ${reach}`
}
