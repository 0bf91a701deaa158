import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'

/** One kind of request, as it is sent again and again. */
export interface Traffic {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  /** Bodies may differ from request to request. */
  readonly body?: () => string
  /** So may addresses. */
  readonly path?: () => string
  /** Sent at this pace; otherwise as fast as they are answered. */
  readonly perSecond?: number
}

/** How it was answered. */
export interface Load {
  readonly requestsPerSecond: number
  readonly p99Ms: number
}

/** As many requests at once as a page of the client and its neighbours send. */
const connections = 10

/**
 * Sends for so many seconds and counts. The only file that knows autocannon.
 * @throws when one request was not answered with a success: a fast refusal is no speed
 */
export async function load({ url, method, headers, body, path, perSecond }: Traffic, seconds: number): Promise<Load> {
  const { requests, latency, non2xx, errors, timeouts, statusCodeStats } = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(perSecond === undefined ? {} : { overallRate: perSecond }),
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    requests: [
      {
        method,
        setupRequest: (request) => ({
          ...request,
          ...(path === undefined ? {} : { path: path() }),
          ...(body === undefined ? {} : { body: body() }),
        }),
      },
    ],
  })
  // What is still on its way when the time is up must not meet what comes next: SQLite lets one process write at a time.
  await pause(500)
  const failed = non2xx + errors + timeouts
  if (failed > 0) {
    const statuses = JSON.stringify(statusCodeStats)
    throw new Error(`${failed} of ${requests.total} requests to ${method} ${url} failed: ${statuses}`)
  }
  return { requestsPerSecond: requests.total / seconds, p99Ms: latency.p99 }
}
