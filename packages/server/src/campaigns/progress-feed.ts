import { type Clock, type Repetition, repeat } from '@muster/delivery-core'
import { ProblemError } from '../problems/problem-error.ts'
import type { CampaignStanding } from './read-campaigns.ts'

/** Somebody who watches a campaign. */
export interface Listener {
  hear(standing: CampaignStanding): void
  /** There will be no more: the program stops, or the campaign is gone. */
  end(): void
}

/** Where campaigns stand, told to whoever watches. */
export interface ProgressFeed {
  /**
   * Tells the standing at once and then again and again, until the answer is called.
   * @throws ProblemError when too many watch in this workspace already
   */
  listen(workspaceId: string, campaignId: string, listener: Listener): () => void
  /** Ends everything; nobody is listened to afterwards. */
  close(): Promise<void>
}

/** How often a campaign is looked at, however many watch it. */
const lookEveryMs = 1_000

/** More open tabs than a team has; each costs a connection, and a look at its session every few seconds. */
const mostListeners = 100

interface Watched {
  readonly listeners: Set<Listener>
  readonly looks: Repetition
}

/** One look for each campaign and tick serves all who watch it. `standingOf` rejects where there is no such campaign. */
export function createProgressFeed(
  clock: Clock,
  standingOf: (workspaceId: string, campaignId: string) => Promise<CampaignStanding>,
  tell: (error: unknown) => void,
): ProgressFeed {
  const watched = new Map<string, Watched>()
  const listenersOf = new Map<string, number>()
  let isClosed = false

  const look = async (workspaceId: string, campaignId: string, listeners: ReadonlySet<Listener>) => {
    try {
      const standing = await standingOf(workspaceId, campaignId)
      for (const listener of [...listeners]) listener.hear(standing)
    } catch (error) {
      // A draft can be deleted while somebody watches it; any other failure passes, and the next look is soon.
      if (!(error instanceof ProblemError)) throw error
      for (const listener of [...listeners]) listener.end()
    }
    return false
  }
  const watch = (key: string, workspaceId: string, campaignId: string): Watched => {
    const listeners = new Set<Listener>()
    const looks = repeat(clock, lookEveryMs, () => look(workspaceId, campaignId, listeners), tell)
    const made = { listeners, looks }
    watched.set(key, made)
    return made
  }
  return {
    listen: (workspaceId, campaignId, listener) => {
      const count = listenersOf.get(workspaceId) ?? 0
      if (isClosed) throw new ProblemError('BUSY', 'The server is about to stop')
      if (count >= mostListeners) throw tooMany()
      const key = `${workspaceId} ${campaignId}`
      const { listeners, looks } = watched.get(key) ?? watch(key, workspaceId, campaignId)
      listeners.add(listener)
      listenersOf.set(workspaceId, count + 1)
      looks.start()
      // Whoever comes later is told at once too, and nothing that was read before they came.
      looks.wake()
      return () => {
        if (!listeners.delete(listener)) return
        oneLess(listenersOf, workspaceId)
        if (listeners.size > 0) return
        watched.delete(key)
        void looks.stop()
      }
    },
    close: async () => {
      isClosed = true
      const all = [...watched.values()]
      for (const { listeners } of all) for (const listener of [...listeners]) listener.end()
      await Promise.all(all.map(({ looks }) => looks.stop()))
    },
  }
}

function oneLess(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 1) - 1
  if (left === 0) counts.delete(key)
  else counts.set(key, left)
}

function tooMany(): ProblemError {
  return new ProblemError('TOO_MANY_LISTENERS', `${mostListeners} watch campaigns of this workspace already`)
}
