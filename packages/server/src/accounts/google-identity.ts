import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { ProblemError } from '../problems/problem-error.ts'
import type { GoogleProvider } from './google-provider.ts'

/** Whom Google says it is. */
export interface GoogleIdentity {
  /** Google's own id of the account, which stays when the address changes. */
  readonly googleId: string
  readonly email: string
  /** Whether Google has seen that the address is theirs. */
  readonly isEmailVerified: boolean
  /** Empty where the account has none. */
  readonly name: string
  readonly avatar: string | null
}

/**
 * Reads an id token: signed by a key that the provider publishes, issued for us, for this round trip, just now.
 * @throws ProblemError when any of this does not hold
 */
export type ReadIdentity = (idToken: string, nonce: string, nowMs: number) => Promise<GoogleIdentity>

/** Clocks differ, and a round trip through the network takes its time. */
const tolerance = { clockTolerance: '30s', maxTokenAge: '10 minutes' } as const

/** Reads the identities of one provider; its keys are fetched when they are needed, and kept. */
export function createReadIdentity(provider: GoogleProvider): ReadIdentity {
  const keys = createRemoteJWKSet(new URL(provider.keysUrl), { timeoutDuration: 5_000 })
  return async (idToken, nonce, nowMs) => {
    const rules = {
      algorithms: ['RS256'],
      issuer: [...provider.issuers],
      audience: provider.clientId,
      requiredClaims: ['exp', 'iat', 'sub', 'nonce', 'email'],
      currentDate: new Date(nowMs),
      ...tolerance,
    }
    try {
      const { payload } = await jwtVerify(idToken, keys, rules)
      return identityIn(payload, nonce, provider)
    } catch (error) {
      if (isUnreachable(error)) throw error
      throw error instanceof errors.JOSEError ? unconfirmed() : error
    }
  }
}

function identityIn(claims: JWTPayload, nonce: string, { clientId, hostedDomain }: GoogleProvider): GoogleIdentity {
  const { azp, aud, sub, email, name, picture, hd } = claims
  const isForUs = azp === undefined ? !Array.isArray(aud) || aud.length === 1 : azp === clientId
  if (claims['nonce'] !== nonce || !isForUs || !sub || sub.length > 255 || !isAddress(email)) throw unconfirmed()
  if (hostedDomain !== null && hd !== hostedDomain) {
    throw new ProblemError('GOOGLE_REFUSED', `Please choose an account of ${hostedDomain}`)
  }
  return {
    googleId: sub,
    email,
    isEmailVerified: claims['email_verified'] === true,
    name: typeof name === 'string' ? name.trim().slice(0, 100) : '',
    avatar: isShown(picture) ? picture : null,
  }
}

/** The client shows pictures of this host only; any other breaks its page. */
function isShown(picture: unknown): picture is string {
  return (
    typeof picture === 'string' && picture.length < 2_000 && picture.startsWith('https://lh3.googleusercontent.com/')
  )
}

function isAddress(email: unknown): email is string {
  return typeof email === 'string' && email.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(email)
}

/** Not the token's fault: the keys could not be fetched. */
function isUnreachable(error: unknown): boolean {
  const codes: readonly string[] = ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']
  return error instanceof errors.JOSEError && codes.includes(error.code)
}

function unconfirmed(): ProblemError {
  return new ProblemError('GOOGLE_REFUSED', 'Google did not confirm the login: please try again')
}
