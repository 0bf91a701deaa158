import type { Knex } from 'knex'
import type { AccountParts } from './account-parts.ts'
import { extendSession, findLiveSession, insertSession } from './sessions-store.ts'
import { tokenLifetimeSeconds } from './tokens.ts'

/** However often it is refreshed, a session ends after this: then the password is asked again. */
const longestSessionMs = 30 * 24 * 60 * 60 * 1000

/** Starts a session, always under a new id, and answers its token. */
export async function openSession(
  { world, tokens }: AccountParts,
  knex: Knex,
  userId: string,
  workspaceId: string,
): Promise<string> {
  const nowMs = world.nowMs()
  const id = world.newId()
  await insertSession(knex, { id, userId, workspaceId }, nowMs, nowMs + tokenLifetimeSeconds * 1000)
  return tokens.issue({ sessionId: id, userId }, nowMs)
}

/** A new token for a live session, which lives on with it, up to the longest life of a session. */
export async function refreshSession(
  { knex, world, tokens }: AccountParts,
  session: { readonly sessionId: string; readonly userId: string },
): Promise<string> {
  const nowMs = world.nowMs()
  const live = await findLiveSession(knex, session.sessionId, session.userId, nowMs)
  const endMs = (live?.createdAtMs ?? nowMs) + longestSessionMs
  await extendSession(knex, session.sessionId, Math.min(nowMs + tokenLifetimeSeconds * 1000, endMs))
  return tokens.issue(session, nowMs)
}
