import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Inbox, RawReceipt } from '@muster/delivery-core'
import { keepRawBody, readJson } from '../http/read-body.ts'
import type { EndedRequest } from '../http/request-log.ts'
import type { World } from '../world/world.ts'
import { isBatch, readReceipt } from './read-receipts.ts'
import { largestReceiptBytes, updated } from './receipt-routes.ts'
import type { ReceiptGuard } from './vendor-key.ts'

type Handle = (request: IncomingMessage, response: ServerResponse) => void

/** What the door stands on. */
export interface ReceiptDoorParts {
  readonly inbox: Inbox
  readonly guard: ReceiptGuard
  readonly account: string
  readonly world: Pick<World, 'nowMs' | 'newId'>
  /** What every answer carries. */
  readonly headers: Readonly<Record<string, string>>
  readonly ended: (requestId: string, request: EndedRequest) => void
  /** Takes every other request, and this one too when anything about it is not as usual. */
  readonly otherwise: Handle
}

const address = '/api/vendor/delivery-receipt'

/**
 * A short way in for the one request of which thousands come in a second: a single receipt that can be written down.
 * It asks what the route asks, with the same functions. Whatever would be refused is left to the route, with the body
 * that was read, so that there is one place that says no. Measured: 60 µs instead of 250.
 */
export function createReceiptDoor(parts: ReceiptDoorParts): Handle {
  return (request, response) => {
    const isWelcome = isUsual(request) && parts.guard.mayEnter(request.headers) && !parts.inbox.isFull()
    if (!isWelcome) return parts.otherwise(request, response)
    const requestId = parts.world.newId()
    const startedMs = parts.world.nowMs()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const toRoute = () => {
        keepRawBody(request, body)
        parts.otherwise(request, response)
      }
      const receipt = readUsual(parts, request, body)
      if (receipt === null) return toRoute()
      parts.inbox.put(receipt).then(() => {
        answer(response, { ...parts.headers, 'X-Request-Id': requestId }, JSON.stringify(updated(receipt)))
        const tookMs = parts.world.nowMs() - startedMs
        parts.ended(requestId, { method: 'POST', route: address, status: 200, tookMs })
      }, toRoute)
    })
  }
}

/** Of a length that is known and small, as JSON as it is; and from no page, whose origin would have to be looked at. */
function isUsual({ method, url, headers }: IncomingMessage): boolean {
  if (method !== 'POST' || url !== address) return false
  const { origin, cookie, 'content-encoding': encoding, 'content-type': type, 'content-length': length } = headers
  const isFromPage = origin !== undefined || cookie !== undefined
  const isPlain = !isFromPage && encoding === undefined && type?.split(';')[0]?.trim() === 'application/json'
  return isPlain && length !== undefined && Number(length) <= largestReceiptBytes
}

/** The receipt, or null when the route has to say what is wrong with it. */
function readUsual(
  { guard, account }: ReceiptDoorParts,
  { headers }: IncomingMessage,
  body: Buffer,
): RawReceipt | null {
  if (!guard.isVendors(headers, body)) return null
  try {
    const value = readJson(body)
    return isBatch(value) ? null : readReceipt(value, account)
  } catch {
    return null
  }
}

function answer(response: ServerResponse, headers: Readonly<Record<string, string>>, body: string): void {
  response.writeHead(200, {
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}
