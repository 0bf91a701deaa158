import { Redis } from 'ioredis'

/** A Redis that several servers count in together. */
export interface SharedCounters {
  /** For the limiter alone. */
  readonly client: Redis
  close(): void
}

/** Redis answers within a millisecond; a busy process may notice its answer only much later. */
const answerWithinMs = 1_000

/** How long a start waits for it. */
const connectWithinMs = 2_000

/**
 * The only file that knows ioredis. A Redis that is away must not hold up a request or a start: nothing is queued
 * for it, a command is given up soon, and the connection is tried again in the background. `tell` hears why each
 * time it goes.
 */
export async function connectSharedCounters(url: string, tell: (failure: string) => void): Promise<SharedCounters> {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: connectWithinMs,
    commandTimeout: answerWithinMs,
    retryStrategy: (attempt) => Math.min(100 * 2 ** attempt, 5_000),
  })
  let isAway = false
  client.on('ready', () => {
    isAway = false
  })
  client.on('error', (error: Error) => {
    if (!isAway) tell('code' in error ? String(error.code) : error.name)
    isAway = true
  })
  await new Promise<void>((resolve) => {
    client.once('ready', resolve)
    client.once('error', () => resolve())
  })
  return { client, close: () => client.disconnect() }
}
