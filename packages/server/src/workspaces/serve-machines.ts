import type { AccountParts } from '../accounts/account-parts.ts'
import { hashOf, newSecretKey, serviceKeyStart } from './secret-key.ts'
import {
  findServiceToken,
  insertServiceToken,
  type ServiceRole,
  type ServiceToken,
  touchServiceToken,
} from './service-tokens-store.ts'

/** Makes a key for a machine. It is answered once, here, and never stored. */
export async function makeServiceToken(
  { knex, world }: Pick<AccountParts, 'knex' | 'world'>,
  { workspaceId, userId }: { readonly workspaceId: string; readonly userId: string },
  { name, role, days }: { readonly name: string; readonly role: ServiceRole; readonly days?: number | null },
): Promise<{ readonly token: ServiceToken; readonly key: string }> {
  const nowMs = world.nowMs()
  const { key, hash } = newSecretKey(world, serviceKeyStart)
  const expiresAtMs = days === undefined || days === null ? null : nowMs + days * 24 * 60 * 60 * 1000
  const token = { id: world.newId(), workspaceId, name, role, createdBy: userId, createdAtMs: nowMs, expiresAtMs }
  await insertServiceToken(knex, token, hash)
  return { token: { ...token, lastUsedAtMs: null }, key }
}

/** When a key was last used is kept to the minute: more would be a write for every read. */
const touchEveryMs = 60_000

/** The machine behind a key, or null. */
export async function findMachine(
  { knex, world }: Pick<AccountParts, 'knex' | 'world'>,
  key: string,
): Promise<ServiceToken | null> {
  const nowMs = world.nowMs()
  const token = await findServiceToken(knex, hashOf(key), nowMs)
  if (token !== null && nowMs - (token.lastUsedAtMs ?? 0) >= touchEveryMs)
    await touchServiceToken(knex, token.id, nowMs)
  return token
}
