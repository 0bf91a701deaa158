import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The signature of the Standard Webhooks specification (github.com/standard-webhooks/standard-webhooks, version 1),
 * symmetric: HMAC-SHA-256 over `id.timestamp.body`. Written out here instead of taken from its npm package, which asks
 * the machine for the time by itself, so that nobody could hand it in.
 */
export interface SignatureHeaders {
  readonly 'webhook-id': string
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string
  /** `v1,` and base64; several, with blanks between them, while a secret is being exchanged. */
  readonly 'webhook-signature': string
}

/** How far the clocks of vendor and server may be apart; what is older could be a replay. */
export const toleranceSeconds = 300

/** No vendor was seen to have longer ids; a longer one is not worth hashing. */
const longestId = 256

/** As many as anyone sends who exchanges secrets; each more would be a try at guessing. */
const mostSignatures = 5

/** The headers for a body that is sent now. `secret` is base64. */
export function signWebhook(id: string, body: string | Buffer, secret: string, nowMs: number): SignatureHeaders {
  const timestamp = String(Math.floor(nowMs / 1000))
  const signature = `v1,${digest(id, timestamp, body, secret).toString('base64')}`
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
}

/** Whether the headers are there and of our time, so that it is worth reading the body. They prove nothing yet. */
export function maySign(headers: Partial<SignatureHeaders>, nowMs: number): headers is SignatureHeaders {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signature = '' } = headers
  if (id === '' || id.length > longestId || signature === '' || !/^\d{1,12}$/.test(timestamp)) return false
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= toleranceSeconds
}

/**
 * Whether one of the secrets signed exactly this body at a time near ours. All are tried, and each comparison takes the
 * same time, so that nobody learns how near a guess was.
 */
export function isSigned(
  headers: Partial<SignatureHeaders>,
  body: Buffer,
  secrets: readonly string[],
  nowMs: number,
): boolean {
  if (!maySign(headers, nowMs)) return false
  const given = headers['webhook-signature']
    .split(' ')
    .slice(0, mostSignatures)
    .flatMap((part) => (part.startsWith('v1,') ? [Buffer.from(part.slice(3), 'base64')] : []))
  const expected = secrets.map((secret) => digest(headers['webhook-id'], headers['webhook-timestamp'], body, secret))
  return given.flatMap((one) => expected.map((other) => isSame(one, other))).some(Boolean)
}

function digest(id: string, timestamp: string, body: string | Buffer, secret: string): Buffer {
  return createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${timestamp}.`).update(body).digest()
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
