import { createHash } from 'node:crypto'
import jsonwebtoken from 'jsonwebtoken'

/** A token's life; the session behind it may be extended by a refresh. */
export const tokenLifetimeSeconds = 7 * 24 * 60 * 60

/** Who issues tokens and for whom; another service's tokens are not ours, even under the same secret. */
export const tokenParties = { issuer: 'muster', audience: 'muster-api' } as const

/** Signs the tokens of sessions. */
export interface Tokens {
  /** Key id to secret: the one that signs, and those that only verify. */
  readonly keys: ReadonlyMap<string, string>
  issue(session: { readonly sessionId: string; readonly userId: string }, nowMs: number): string
}

/** HS256 with a key id, so that secrets can be exchanged while the old one's tokens run out. */
export function createTokens(secret: string, previousSecret: string | null): Tokens {
  const keys = new Map(
    [secret, ...(previousSecret === null ? [] : [previousSecret])].map((each) => [keyId(each), each]),
  )
  return {
    keys,
    issue: ({ sessionId, userId }, nowMs) => {
      const iat = Math.floor(nowMs / 1000)
      const claims = { userId, sid: sessionId, iat, exp: iat + tokenLifetimeSeconds }
      return jsonwebtoken.sign(claims, secret, { ...tokenParties, algorithm: 'HS256', keyid: keyId(secret) })
    },
  }
}

function keyId(secret: string): string {
  return createHash('sha256').update(`muster key id:${secret}`).digest('hex').slice(0, 16)
}
