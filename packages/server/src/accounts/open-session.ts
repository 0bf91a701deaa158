import type { Knex } from 'knex'
import type { AccountParts } from './account-parts.ts'
import type { SessionRules } from './session-rules.ts'
import {
  deleteSessionsEndedBefore,
  extendSession,
  findLiveSession,
  insertSession,
  type LiveSession,
  touchSession,
} from './sessions-store.ts'
import { tokenLifetimeSeconds } from './tokens.ts'

/** So long after a session ran out, nobody asks any more whether it was one. */
const rememberedMs = 24 * 60 * 60 * 1000

/** Starts a session, always under a new id, and answers its token. Those that ended long ago are forgotten with it. */
export async function openSession(
  { world, tokens, sessions }: AccountParts,
  knex: Knex,
  userId: string,
  workspaceId: string,
): Promise<string> {
  const nowMs = world.nowMs()
  const id = world.newId()
  await deleteSessionsEndedBefore(knex, userId, nowMs - rememberedMs)
  const lifetimeMs = Math.min(tokenLifetimeSeconds * 1000, sessions.longestMs)
  await insertSession(knex, { id, userId, workspaceId }, nowMs, nowMs + lifetimeMs)
  return tokens.issue({ sessionId: id, userId }, nowMs)
}

/** A new token for a live session, which lives on with it, up to the longest life of a session. */
export async function refreshSession(
  { knex, world, tokens, sessions }: AccountParts,
  session: { readonly sessionId: string; readonly userId: string },
): Promise<string> {
  const nowMs = world.nowMs()
  const live = await findLiveSession(knex, session.sessionId, session.userId, nowMs)
  const endMs = (live?.createdAtMs ?? nowMs) + sessions.longestMs
  await extendSession(knex, session.sessionId, Math.min(nowMs + tokenLifetimeSeconds * 1000, endMs))
  return tokens.issue(session, nowMs)
}

/** The live session that a token names, as long as it has been in use; using it is noted now and then. */
export async function useSession(
  { knex, reads, world, sessions }: Pick<AccountParts, 'knex' | 'world' | 'sessions'> & { readonly reads: Knex },
  sessionId: string,
  userId: string,
): Promise<LiveSession | null> {
  const nowMs = world.nowMs()
  const live = await findLiveSession(reads, sessionId, userId, nowMs)
  const unusedMs = nowMs - (live?.lastUsedAtMs ?? nowMs)
  if (live === null || unusedMs >= sessions.idleMs) return null
  if (unusedMs >= noteEveryMs(sessions)) await touchSession(knex, sessionId, nowMs)
  return live
}

/** A write for every read would be too much: a sixtieth of the idle time is exact enough, and a minute always is. */
function noteEveryMs({ idleMs }: SessionRules): number {
  return Math.max(60_000, idleMs / 60)
}
