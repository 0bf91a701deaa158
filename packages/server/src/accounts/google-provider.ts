/** Google, or in tests another OpenID provider, and what it knows us by. */
export interface GoogleProvider {
  readonly clientId: string
  readonly clientSecret: string
  /** Where it sends browsers back to: this server's `/api/auth/google/callback`, as it is seen from outside. */
  readonly redirectUri: string
  /** Only accounts of this organization may enter; null: any. */
  readonly hostedDomain: string | null
  readonly issuers: readonly [string, ...string[]]
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly keysUrl: string
}

/** What can be set of it. */
export interface GoogleConfig
  extends Pick<GoogleProvider, 'clientId' | 'clientSecret' | 'redirectUri' | 'hostedDomain'> {
  /** Another provider's address, which has `/authorize`, `/token` and `/keys`; null: Google. */
  readonly issuer: string | null
}

const google = {
  issuers: ['https://accounts.google.com', 'accounts.google.com'],
  authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  keysUrl: 'https://www.googleapis.com/oauth2/v3/certs',
} as const

/** Written down rather than discovered: a start must not depend on Google's answering. */
export function googleProvider({ issuer, ...client }: GoogleConfig): GoogleProvider {
  if (issuer === null) return { ...client, ...google }
  const at = { authorizeUrl: `${issuer}/authorize`, tokenUrl: `${issuer}/token`, keysUrl: `${issuer}/keys` }
  return { ...client, issuers: [issuer], ...at }
}
