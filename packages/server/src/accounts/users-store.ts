import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'

/** Somebody with an account. The password's hash stays in here and in `UserWithHash`. */
export interface User {
  readonly id: string
  readonly email: string
  /** Since when the address is known to be theirs; null: nobody vouched for it. */
  readonly emailVerifiedAtMs: number | null
  readonly name: string
  readonly avatar: string | null
  readonly googleId: string | null
  readonly company: string | null
  readonly createdAtMs: number
}

/** For comparing a password, and for nothing else. */
export interface UserWithHash extends User {
  readonly passwordHash: string | null
}

interface UserRow {
  readonly id: string
  readonly email: string
  readonly email_verified_at_ms: number | null
  readonly name: string | null
  readonly avatar: string | null
  readonly google_id: string | null
  readonly company: string | null
  readonly password_hash: string | null
  readonly created_at_ms: number
}

/** @throws the database's duplicate error when the address is taken */
export async function insertUser(knex: Knex, user: UserWithHash): Promise<void> {
  await knex('users').insert({
    id: user.id,
    email: user.email,
    email_folded: folded(user.email),
    email_verified_at_ms: user.emailVerifiedAtMs,
    password_hash: user.passwordHash,
    name: user.name,
    avatar: user.avatar,
    google_id: user.googleId,
    company: user.company,
    created_at_ms: user.createdAtMs,
    updated_at_ms: user.createdAtMs,
  })
}

export async function findUserByEmail(knex: Knex, email: string): Promise<UserWithHash | null> {
  const row = await knex<UserRow>('users')
    .whereRaw('email_folded = ?', [folded(email)])
    .first()
  return row === undefined ? null : userOf(row)
}

export async function findUser(knex: Knex, userId: string): Promise<UserWithHash | null> {
  const row = await knex<UserRow>('users').where({ id: userId }).first()
  return row === undefined ? null : userOf(row)
}

export async function findUserByGoogleId(knex: Knex, googleId: string): Promise<UserWithHash | null> {
  const row = await knex<UserRow>('users').where({ google_id: googleId }).first()
  return row === undefined ? null : userOf(row)
}

/**
 * Lets a Google account enter, or with null none any more. False when the user's own changed meanwhile.
 * @throws the database's duplicate error when it enters as somebody else already
 */
export async function updateGoogleId(
  knex: Knex,
  { id, googleId }: Pick<User, 'id' | 'googleId'>,
  next: string | null,
  nowMs: number,
): Promise<boolean> {
  const user = { google_id: next, updated_at_ms: nowMs }
  return (await knex('users').where({ id, google_id: googleId }).update(user)) === 1
}

/** Keeps the first time at which somebody vouched for the address. */
export async function markEmailVerified(knex: Knex, userId: string, nowMs: number): Promise<void> {
  await knex('users').where({ id: userId, email_verified_at_ms: null }).update({ email_verified_at_ms: nowMs })
}

/** @throws the database's duplicate error when the address is taken */
export async function updateProfile(
  knex: Knex,
  userId: string,
  { name, email, emailVerifiedAtMs, company }: Pick<User, 'name' | 'email' | 'emailVerifiedAtMs' | 'company'>,
  nowMs: number,
): Promise<void> {
  const verified = { email_folded: folded(email), email_verified_at_ms: emailVerifiedAtMs }
  await knex('users')
    .where({ id: userId })
    .update({ name, email, ...verified, company, updated_at_ms: nowMs })
}

export async function updatePasswordHash(
  knex: Knex,
  userId: string,
  passwordHash: string,
  nowMs: number,
): Promise<void> {
  await knex('users').where({ id: userId }).update({ password_hash: passwordHash, updated_at_ms: nowMs })
}

/** Accounts of other services may come without a name; they are users all the same. */
function userOf(row: UserRow): UserWithHash {
  return {
    id: row.id,
    email: row.email,
    emailVerifiedAtMs: row.email_verified_at_ms === null ? null : Number(row.email_verified_at_ms),
    name: row.name ?? '',
    avatar: row.avatar,
    googleId: row.google_id,
    company: row.company,
    passwordHash: row.password_hash,
    createdAtMs: Number(row.created_at_ms),
  }
}
