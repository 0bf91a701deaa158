import { type LookupAddress, lookup } from 'node:dns'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** What came back, or why nothing did. */
export type PostAnswer = { readonly status: number } | { readonly failure: string }

/** Sends a body to an address that a user gave. */
export type Post = (url: string, body: string, headers: Readonly<Record<string, string>>) => Promise<PostAnswer>

export interface PostRules {
  /** For tests and development alone: also unencrypted, to any port and any address. */
  readonly allowsPrivate: boolean
}

/** Ports of web servers; others belong to services that must not be spoken to through us. */
const allowedPorts = new Set(['', '443', '8443'])
const timeoutMs = 10_000

/** What is wrong with an address to send to, as far as it can be said without asking anybody; null when nothing is. */
export function addressFault(text: string, { allowsPrivate }: PostRules): string | null {
  if (!URL.canParse(text)) return '"url" must be an address like https://shop.example/hooks'
  const { protocol, hostname, port, username, password } = new URL(text)
  if (username !== '' || password !== '') return '"url" must not hold a user name or password'
  if (allowsPrivate) return protocol === 'http:' || protocol === 'https:' ? null : '"url" must begin with https://'
  if (protocol !== 'https:') return '"url" must begin with https://'
  if (!allowedPorts.has(port)) return '"url" must use port 443 or 8443'
  const literal = hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) !== 0 && !isPublicAddress(literal) ? '"url" must lead to the public internet' : null
}

/**
 * A post that cannot be turned against our own network: the name is looked up once, every address it has must be
 * public, and the connection goes to what was looked up. Redirects are not followed, the answer is not read, and all of
 * it ends after ten seconds. Never rejects; a failure says nothing of what stands behind the address.
 */
export function createPost(rules: PostRules): Post {
  return (url, body, headers) => {
    const fault = addressFault(url, rules)
    if (fault !== null) return Promise.resolve({ failure: fault })
    const start = url.startsWith('https:') ? httpsRequest : httpRequest
    return new Promise((resolve) => {
      const fail = (error: Error) => resolve({ failure: failureOf(error) })
      const request: ClientRequest = start(
        url,
        {
          method: 'POST',
          agent: false,
          signal: AbortSignal.timeout(timeoutMs),
          headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
          ...(rules.allowsPrivate ? {} : { lookup: publicOnly }),
        },
        (response: IncomingMessage) => {
          resolve({ status: response.statusCode ?? 0 })
          response.destroy()
        },
      )
      request.on('error', fail)
      request.end(body)
    })
  }
}

/** Looks a name up and refuses it when any of its addresses is not public: one of them would be tried in the end. */
const publicOnly: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const [first] = found ?? []
    if (error !== null) return done(error, [])
    if (first === undefined || !found.every(({ address }) => isPublicAddress(address))) {
      return done(Object.assign(new Error('not public'), { code: 'NOT_PUBLIC' }), [])
    }
    return options.all ? done(null, found) : done(null, first.address, first.family)
  })
}

function failureOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  switch (code) {
    case 'NOT_PUBLIC':
      return 'The address does not lead to the public internet'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The name was not found'
    case 'ABORT_ERR':
    case 'TimeoutError':
    case 'ETIMEDOUT':
      return 'No answer within ten seconds'
    case 'ECONNREFUSED':
      return 'The connection was refused'
    default:
      return /CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code) ? 'The certificate was refused' : 'The connection broke off'
  }
}
