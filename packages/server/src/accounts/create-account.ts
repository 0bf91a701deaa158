import type { Knex } from 'knex'
import type { AccountParts } from './account-parts.ts'
import { insertUser, type User } from './users-store.ts'
import { insertMembership, insertWorkspace } from './workspaces-store.ts'

/** What is known of somebody who gets an account. */
export interface NewAccount extends Pick<User, 'email' | 'name' | 'avatar' | 'googleId'> {
  /** Null: the account is entered in another way. */
  readonly passwordHash: string | null
  /** Whether somebody whom we believe vouches for the address. */
  readonly isEmailVerified: boolean
}

/**
 * Writes down a user and a workspace that they own.
 * @throws the database's duplicate error when the address, or the Google account, has an account already
 */
export async function createAccount(
  { world, timeZone }: AccountParts,
  transaction: Knex.Transaction,
  { passwordHash, isEmailVerified, ...account }: NewAccount,
): Promise<{ readonly user: User; readonly workspaceId: string }> {
  const nowMs = world.nowMs()
  const user = {
    ...account,
    id: world.newId(),
    email: account.email.toLowerCase(),
    emailVerifiedAtMs: isEmailVerified ? nowMs : null,
    company: null,
    createdAtMs: nowMs,
  }
  const workspace = {
    id: world.newId(),
    name: account.name || (user.email.split('@')[0] ?? user.email),
    timeZone,
    currency: 'USD',
    consentPolicy: 'opt-out',
  } as const
  await insertUser(transaction, { ...user, passwordHash })
  await insertWorkspace(transaction, workspace, nowMs)
  await insertMembership(transaction, workspace.id, user.id, 'owner', nowMs)
  return { user, workspaceId: workspace.id }
}
