import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { urlOf } from './url-of.ts'

/**
 * A vendor in another process than the server it serves: it lives on when that one is killed, and its books say what
 * really happened, whatever the server believes.
 */
export interface OutsideVendor {
  readonly url: string
  readonly key: string
  /** Every request on this page that arrived whole, in the order of arrival. */
  requests(): readonly SeenRequest[]
  /** How many messages each customer really got on this page. */
  effects(): ReadonlyMap<string, number>
  /** Opens a new page in the books. What was sent before is still known by its key. */
  turnPage(): void
  /** Requests that arrived and were not answered yet. */
  inFlight(): number
  /** The most that were ever unanswered at once. */
  mostInFlight(): number
  /** Calls back, once, when something happens at this vendor for the n-th time from now on; before it goes on. */
  when(moment: Moment, nth: number, callback: () => void): void
  /** Where receipts go; each goes to the next of these servers. */
  reportTo(apiUrls: readonly string[]): void
  /** Receipts that no server has taken yet. */
  owed(): number
  close(): Promise<void>
}

/**
 * What can happen to a request, in this order. `asked`: it was read and nothing was done yet. `done`: the message went
 * out, and nobody was told. `answered`: the answer was handed to the network. `reporting`: a receipt is about to be
 * sent. `reported`: it was taken.
 */
export type Moment = 'asked' | 'done' | 'answered' | 'reporting' | 'reported'

export interface SeenRequest {
  readonly idempotencyKey: string
  readonly messageId: string
  readonly customerId: string
  readonly atMs: number
}

export interface OutsideVendorHabits {
  /** Whether the same key again is recognised and changes nothing. */
  readonly knowsKeys: boolean
  readonly latencyMs: number
  /** Whether it ever says what became of a message. */
  readonly sendsReceipts: boolean
}

export const usualHabits: OutsideVendorHabits = { knowsKeys: true, latencyMs: 15, sendsReceipts: true }

const key = 'a-key-between-journeys-and-their-vendor'
const retryReceiptMs = 50
const receiptsAtOnce = 8

/** Starts a vendor that speaks the wire contract on a free port. */
export async function startOutsideVendor(habits: Partial<OutsideVendorHabits> = {}): Promise<OutsideVendor> {
  const { knowsKeys, latencyMs, sendsReceipts } = { ...usualHabits, ...habits }
  let requests: SeenRequest[] = []
  let effects = new Map<string, number>()
  const bodyOfKey = new Map<string, string>()
  const owed: string[] = []
  const moments = createMoments()
  let inFlight = 0
  let mostInFlight = 0
  let receivers: readonly string[] = []
  let isOpen = true

  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readText(request)
    const { messageId, customerId } = JSON.parse(body) as { messageId: string; customerId: string }
    const idempotencyKey = String(request.headers['idempotency-key'])
    requests.push({ idempotencyKey, messageId, customerId, atMs: performance.now() })
    mostInFlight = Math.max(mostInFlight, ++inFlight)
    moments.happen('asked')
    await pause(latencyMs)
    const digest = createHash('sha256').update(body).digest('hex')
    const known = knowsKeys ? bodyOfKey.get(idempotencyKey) : undefined
    if (known === undefined) {
      bodyOfKey.set(idempotencyKey, digest)
      effects.set(customerId, (effects.get(customerId) ?? 0) + 1)
      if (sendsReceipts) owed.push(messageId)
      moments.happen('done')
    }
    inFlight--
    const status = known !== undefined && known !== digest ? 422 : 200
    const answer = {
      success: status === 200,
      data: { messageId, vendorMessageId: `v-${messageId}`, status: 'ACCEPTED' },
    }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer), () => moments.happen('answered'))
  }
  const report = async () => {
    for (let turn = 0; isOpen; turn++) {
      const messageId = receivers.length === 0 ? undefined : owed.shift()
      const receiver = receivers[turn % receivers.length]
      if (messageId === undefined || receiver === undefined) await pause(retryReceiptMs)
      else {
        moments.happen('reporting')
        if (await postReceipt(receiver, messageId)) moments.happen('reported')
        else {
          owed.push(messageId)
          await pause(retryReceiptMs)
        }
      }
    }
  }
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const reporting = Promise.all(Array.from({ length: receiptsAtOnce }, report))
  return {
    url: urlOf(server),
    key,
    requests: () => requests,
    effects: () => effects,
    turnPage: () => {
      requests = []
      effects = new Map()
    },
    inFlight: () => inFlight,
    mostInFlight: () => mostInFlight,
    when: moments.when,
    reportTo: (apiUrls) => {
      receivers = apiUrls
    },
    owed: () => owed.length,
    close: async () => {
      isOpen = false
      server.closeAllConnections()
      server.close()
      await reporting
    },
  }
}

function createMoments() {
  const awaited = new Set<{ readonly moment: Moment; left: number; readonly callback: () => void }>()
  return {
    when: (moment: Moment, nth: number, callback: () => void) => void awaited.add({ moment, left: nth, callback }),
    happen: (moment: Moment) => {
      for (const one of awaited) {
        if (one.moment !== moment || --one.left > 0) continue
        awaited.delete(one)
        one.callback()
      }
    },
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** Answers whether the server said that it has it. A server that is dead, or dies over it, has not said so. */
async function postReceipt(apiUrl: string, messageId: string): Promise<boolean> {
  try {
    const response = await fetch(`${apiUrl}/vendor/delivery-receipt`, {
      method: 'POST',
      signal: AbortSignal.timeout(2_000),
      headers: { 'content-type': 'application/json', 'x-vendor-key': key },
      body: JSON.stringify({ messageId, vendorMessageId: `v-${messageId}`, status: 'DELIVERED' }),
    })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}
