/**
 * A vendor that reports as fast as it is heard, in a process of its own: gets the ids of messages and where to report
 * them delivered, and tells how long each report took until it was acknowledged.
 */

import { Agent, request } from 'node:http'

/** What it is told to do. */
export interface ReceiptOrder {
  readonly url: string
  readonly key: string
  readonly messageIds: readonly string[]
  readonly connections: number
}

/** What came of it. */
export interface ReceiptOutcome {
  readonly tookMs: number
  readonly latenciesMs: readonly number[]
  /** Reports that were asked to come again, because too many were waiting. */
  readonly refused: number
}

process.once('message', (order: ReceiptOrder) => {
  void report(order).then((outcome) => process.send?.(outcome, () => process.disconnect()))
})

async function report({ url, key, messageIds, connections }: ReceiptOrder): Promise<ReceiptOutcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latenciesMs: number[] = []
  let refused = 0
  let next = 0
  const startMs = performance.now()
  const work = async () => {
    while (next < messageIds.length) {
      const messageId = messageIds[next++]!
      const askedMs = performance.now()
      while ((await post(url, key, agent, messageId)) !== 200) refused++
      latenciesMs.push(performance.now() - askedMs)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  agent.destroy()
  return { tookMs: performance.now() - startMs, latenciesMs, refused }
}

function post(url: string, key: string, agent: Agent, messageId: string): Promise<number> {
  const body = JSON.stringify({ messageId, receiptId: `r-${messageId}`, status: 'DELIVERED' })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'x-vendor-key': key }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
