import type { IncomingHttpHeaders } from 'node:http'
import type { VendorAnswer } from '@muster/delivery-core'

/** Words with which an answer takes back what its status says. */
const refusals: readonly string[] = ['REJECTED', 'REFUSED', 'FAILED', 'ERROR', 'INVALID']

const longestDetail = 200
const longestId = 200

/**
 * What a vendor's answer says. The body is untrusted: anything that is not what the contract describes is as good as
 * nothing, and nothing of it is kept but an id and one short sentence.
 */
export function readVendorAnswer(
  response: { readonly statusCode: number; readonly headers: IncomingHttpHeaders },
  text: string,
  ourId: string,
): VendorAnswer {
  const body = parse(text)
  const data = fieldsOf(body['data'])
  const status = textOf(data['status'] ?? body['status'])
  const id = textOf(data['vendorMessageId'] ?? data['messageId'] ?? body['messageId'] ?? body['id'])
  return {
    kind: 'response',
    status: response.statusCode,
    retryAfter: response.headers['retry-after'] ?? null,
    // A vendor that only repeats our own id has told us nothing new.
    vendorMessageId: id === '' || id === ourId || id.length > longestId ? null : id,
    isRefusal: body['success'] === false || refusals.includes(status.toUpperCase()),
    detail: sentence(textOf(body['error'] ?? data['error'] ?? body['message'])),
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return {}
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function sentence(text: string): string {
  return text
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, longestDetail)
}
