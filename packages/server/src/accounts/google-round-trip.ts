import grant from 'grant'
import { ProblemError } from '../problems/problem-error.ts'
import type { GoogleProvider } from './google-provider.ts'

/** What has to be remembered while a browser is with Google, and shown to nobody. */
export interface RoundTripSecrets {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** The way to Google and back. It keeps nothing itself, so that round trips cannot see each other. */
export interface GoogleRoundTrip {
  begin(): Promise<{ readonly url: string; readonly secrets: RoundTripSecrets }>
  /**
   * Exchanges the code that a browser brought back for Google's statement of who it is, yet to be verified.
   * @throws ProblemError when the browser brings something else than an answer to these secrets
   */
  finish(brought: Readonly<Record<string, unknown>>, secrets: RoundTripSecrets): Promise<string>
}

const refused = (message: string) => new ProblemError('GOOGLE_REFUSED', message)

/**
 * The only file that knows grant. What we learned from its source: the state is compared only where its session
 * has one; a callback without a code answers its own query as if it were the provider's tokens, and the usual
 * transport puts tokens into an address. So state and code are looked at before grant sees them; its session is a
 * record of one call, which no cookie carries; and nothing of a request can override the settings (`dynamic`).
 */
export function createGoogleRoundTrip(provider: GoogleProvider): GoogleRoundTrip {
  const handle = grant.default.koa({
    config: {
      defaults: { prefix: '/connect' },
      google: {
        key: provider.clientId,
        secret: provider.clientSecret,
        redirect_uri: provider.redirectUri,
        authorize_url: provider.authorizeUrl,
        access_url: provider.tokenUrl,
        scope: ['openid', 'email', 'profile'],
        custom_params: {
          prompt: 'select_account',
          ...(provider.hostedDomain === null ? {} : { hd: provider.hostedDomain }),
        },
        state: true,
        nonce: true,
        pkce: true,
        dynamic: false,
        transport: 'session',
        response: ['tokens'],
      },
    },
    request: { timeout: answerWithinMs },
  })
  return {
    begin: async () => {
      const { location, session } = await ask(handle, '/connect/google', {}, {})
      const { state, nonce, code_verifier: codeVerifier } = session
      if (location === null || !isText(state) || !isText(nonce) || !isText(codeVerifier)) {
        throw new Error('grant began a round trip without its secrets')
      }
      return { url: location, secrets: { state, nonce, codeVerifier } }
    },
    finish: async ({ code, state, error }, { state: expected, nonce, codeVerifier }) => {
      if (state !== expected) throw refused('This login was begun somewhere else: please try again')
      if (error === 'access_denied') throw refused('The login with Google was cancelled')
      if (!isText(code)) throw refused('Google did not confirm the login: please try again')
      const kept = { provider: 'google', state: expected, nonce, code_verifier: codeVerifier }
      const { session } = await ask(handle, '/connect/google/callback', { code, state }, kept)
      return idTokenIn(isRecord(session['response']) ? session['response'] : {})
    },
  }
}

/** Google answers within a second; somebody is waiting. */
const answerWithinMs = 5_000

/**
 * A code that is wrong or used up is the browser's fault; so is a statement that grant finds fault with. Anything
 * else, such as a wrong client secret or a provider that is away, is for the operator.
 */
function idTokenIn({ id_token: idToken, error }: Readonly<Record<string, unknown>>): string {
  if (isText(idToken)) return idToken
  const fault = isRecord(error) ? error['error'] : error
  const isBrowsersFault = !isText(fault) || fault === 'invalid_grant' || fault.startsWith('Grant: ')
  if (isBrowsersFault) throw refused('Google did not confirm the login: please try again')
  throw Object.assign(new Error('The OpenID provider failed'), { code: fault.slice(0, 64) })
}

/** Calls grant with the few parts of a Koa context that it looks at. */
async function ask(
  handle: ReturnType<typeof grant.default.koa>,
  address: string,
  query: Readonly<Record<string, string>>,
  kept: Readonly<Record<string, string>>,
): Promise<{ readonly location: string | null; readonly session: Readonly<Record<string, unknown>> }> {
  let location: string | null = null
  const session: { grant?: unknown } = { grant: kept }
  const response = {
    redirect: (to: string) => {
      location = to
    },
  }
  await handle(
    { originalUrl: address, method: 'GET', request: { query }, response, session, state: {} },
    async () => {},
  )
  return { location, session: isRecord(session.grant) ? session.grant : {} }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
