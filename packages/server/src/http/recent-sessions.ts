import type { Session } from './session.ts'

/** Sessions that were looked up a moment ago, so that a page that reads ten things is not looked up ten times. */
export interface RecentSessions {
  /** Null when nobody asked for it lately. */
  of(token: string): RecentSession | null
  /** Looks it up and remembers it, unless everything was forgotten meanwhile. */
  lookUp(token: string, find: () => Promise<RecentSession>): Promise<RecentSession>
  /** After whatever may have ended sessions or changed roles. */
  forgetAll(): void
}

/** What a token said when it was verified, and whose session that was. */
export interface RecentSession {
  readonly claims: unknown
  readonly session: Session
}

/** A session that another process ends is served for no longer than this; one that this process ends, not at all. */
const rememberedMs = 1_000

/** So many people do not read within a second; more are looked up each time. */
const mostRemembered = 10_000

/** Remembers nothing yet. */
export function createRecentSessions(nowMs: () => number): RecentSessions {
  const known = new Map<string, RecentSession & { readonly atMs: number }>()
  let sweptAtMs = nowMs()
  let forgotten = 0
  const sweep = () => {
    if (nowMs() - sweptAtMs < rememberedMs) return
    sweptAtMs = nowMs()
    for (const [token, { atMs }] of known) if (isOld(atMs)) known.delete(token)
  }
  const isOld = (atMs: number) => nowMs() - atMs >= rememberedMs
  return {
    of: (token) => {
      const recent = known.get(token)
      return recent === undefined || isOld(recent.atMs) ? null : recent
    },
    lookUp: async (token, find) => {
      const [before, atMs] = [forgotten, nowMs()]
      const found = await find()
      sweep()
      if (before === forgotten && known.size < mostRemembered) known.set(token, { ...found, atMs })
      return found
    },
    forgetAll: () => {
      forgotten++
      known.clear()
    },
  }
}
