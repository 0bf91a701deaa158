import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** Whoever is logged in at the provider, and what goes wrong with the statement about them. */
export interface Person {
  readonly claims: JWTPayload
  /** Changes the statement after it was made properly. */
  readonly forge?: (claims: JWTPayload) => JWTPayload
  /** Signs it with a key that the provider does not publish. */
  readonly hasForeignKey?: boolean
  /** Signs it with the client's secret, which is no secret between the two. */
  readonly hasClientSecretAsKey?: boolean
}

/** A small OpenID provider that keeps to the rules: codes work once, for their client, with their verifier. */
export interface OpenIdProvider {
  readonly issuer: string
  /** What the provider refused, and why. */
  readonly refusals: readonly string[]
  /** The parameters of the last request to log in. */
  asked(): URLSearchParams
  /** Logs somebody in at an address of `/authorize`: where their browser is sent back to. */
  approve(address: string, person: Person): string
  decline(address: string): string
  stop(): Promise<void>
}

export const client = { id: 'muster-of-the-tests', secret: 'a client secret of the tests' } as const

interface Grant {
  readonly challenge: string
  readonly nonce: string
  readonly redirectUri: string
  readonly person: Person
}

export async function openIdProvider(nowSeconds: () => number): Promise<OpenIdProvider> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const { privateKey: foreignKey } = await generateKeyPair('RS256')
  const published = { keys: [{ ...(await exportJWK(publicKey)), kid: 'first', alg: 'RS256', use: 'sig' }] }
  const grants = new Map<string, Grant>()
  const refusals: string[] = []
  let issuer = ''
  let last = new URLSearchParams()

  async function idToken({ person, nonce }: Grant): Promise<string> {
    const now = nowSeconds()
    const proper = { iss: issuer, aud: client.id, azp: client.id, iat: now, exp: now + 3600, nonce, ...person.claims }
    const claims = person.forge?.(proper) ?? proper
    if (person.hasClientSecretAsKey) {
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(client.secret))
    }
    const key = person.hasForeignKey ? foreignKey : privateKey
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'first' }).sign(key)
  }

  function faultOf(form: URLSearchParams, grant: Grant | undefined): string | null {
    if (form.get('client_id') !== client.id || form.get('client_secret') !== client.secret) return 'invalid_client'
    if (grant === undefined || form.get('redirect_uri') !== grant.redirectUri) return 'invalid_grant'
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    return challenge === grant.challenge ? null : 'invalid_grant'
  }

  async function answerToken(form: URLSearchParams): Promise<{ status: number; body: object }> {
    const code = form.get('code') ?? ''
    const grant = grants.get(code)
    grants.delete(code)
    const fault = faultOf(form, grant)
    if (fault !== null || grant === undefined) {
      refusals.push(fault ?? 'invalid_grant')
      return { status: 400, body: { error: fault } }
    }
    return { status: 200, body: { access_token: 'opaque', token_type: 'Bearer', id_token: await idToken(grant) } }
  }

  const server = createServer(async (request, response) => {
    const { status, body } =
      request.url === '/token'
        ? await answerToken(new URLSearchParams(await textOf(request)))
        : { status: request.url === '/keys' ? 200 : 404, body: request.url === '/keys' ? published : {} }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

  const read = (text: string): URLSearchParams => {
    const at = new URL(text)
    if (`${at.origin}${at.pathname}` !== `${issuer}/authorize`) throw new Error(`Not the provider's: ${text}`)
    last = at.searchParams
    return last
  }
  const sendBack = (asked: URLSearchParams, more: Record<string, string>) => {
    const back = new URL(asked.get('redirect_uri') ?? '')
    for (const [name, value] of Object.entries({ ...more, state: asked.get('state') ?? '' }))
      back.searchParams.set(name, value)
    return back.toString()
  }
  return {
    issuer,
    refusals,
    asked: () => last,
    approve: (text, person) => {
      const asked = read(text)
      const code = randomBytes(12).toString('hex')
      const [challenge = '', nonce = '', redirectUri = ''] = ['code_challenge', 'nonce', 'redirect_uri'].map(
        (name) => asked.get(name) ?? '',
      )
      grants.set(code, { challenge, nonce, redirectUri, person })
      return sendBack(asked, { code })
    },
    decline: (text) => sendBack(read(text), { error: 'access_denied' }),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
