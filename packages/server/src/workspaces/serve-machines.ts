import type { AccountParts } from '../accounts/account-parts.ts'
import type { Actor } from '../audit/audit-entry.ts'
import { appendAudit } from '../audit/audit-store.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { ProblemError } from '../problems/problem-error.ts'
import { hashOf, newSecretKey, serviceKeyStart } from './secret-key.ts'
import {
  findServiceToken,
  insertServiceToken,
  revokeServiceToken,
  type ServiceRole,
  type ServiceToken,
  touchServiceToken,
} from './service-tokens-store.ts'

/** Makes a key for a machine. It is answered once, here, and never stored. */
export async function makeServiceToken(
  { knex, world }: Pick<AccountParts, 'knex' | 'world'>,
  workspaceId: string,
  actor: Actor,
  { name, role, days }: { readonly name: string; readonly role: ServiceRole; readonly days?: number | null },
): Promise<{ readonly token: ServiceToken; readonly key: string }> {
  const nowMs = world.nowMs()
  const { key, hash } = newSecretKey(world, serviceKeyStart)
  const expiresAtMs = days === undefined || days === null ? null : nowMs + days * 24 * 60 * 60 * 1000
  const token = { id: world.newId(), workspaceId, name, role, createdBy: actor.userId, createdAtMs: nowMs, expiresAtMs }
  await inTransaction(knex, async (transaction) => {
    await insertServiceToken(transaction, token, hash)
    const details = { role, days: days ?? null }
    const deed = { workspaceId, actor, action: 'service-token.made', subjectId: token.id, details } as const
    await appendAudit(transaction, deed, nowMs)
  })
  return { token: { ...token, lastUsedAtMs: null }, key }
}

/**
 * Shuts a machine out, from its next request on.
 * @throws ProblemError when there is no such key
 */
export async function revokeMachine(
  { knex, world }: Pick<AccountParts, 'knex' | 'world'>,
  workspaceId: string,
  actor: Actor,
  tokenId: string,
): Promise<void> {
  const nowMs = world.nowMs()
  await inTransaction(knex, async (transaction) => {
    if (!(await revokeServiceToken(transaction, workspaceId, tokenId, nowMs))) {
      throw new ProblemError('SERVICE_TOKEN_NOT_FOUND', 'There is no such service token')
    }
    const deed = { workspaceId, actor, action: 'service-token.revoked', subjectId: tokenId, details: {} } as const
    await appendAudit(transaction, deed, nowMs)
  })
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
