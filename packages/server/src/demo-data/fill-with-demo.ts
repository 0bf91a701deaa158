import type { Knex } from 'knex'
import type { Passwords } from '../accounts/passwords.ts'
import { findUserByEmail, insertUser } from '../accounts/users-store.ts'
import { insertMembership, insertWorkspace } from '../accounts/workspaces-store.ts'
import { insertAttribute } from '../attributes/attribute-store.ts'
import { consentChanges } from '../customers/consent-change.ts'
import { recordConsentChanges } from '../customers/consent-store.ts'
import { insertCustomers } from '../customers/customer-store.ts'
import { recomputeFigures } from '../customers/figures-store.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { insertOrders } from '../orders/order-store.ts'
import type { World } from '../world/world.ts'
import { demoAttribute, demoShop } from './demo-shop.ts'

/** Known to everybody, hence never in production; printed at the start for as long as it works. */
export const demoLogin = { email: 'demo@muster.example', password: 'Muster-demo-1' } as const

const seed = 20_240_229

interface DemoParts {
  readonly knex: Knex
  readonly world: World
  readonly passwords: Passwords
  readonly timeZone: string
}

/**
 * Decides once and for all, on the first start of a database, whether it is filled with the demo shop, and
 * fills it whole or not at all. Every later start finds the decision and touches nothing.
 */
export async function fillWithDemo(parts: DemoParts, isWanted: boolean): Promise<void> {
  const { knex, world, passwords } = parts
  if (await isDecided(knex)) return
  const passwordHash = isWanted ? await passwords.hash(demoLogin.password) : null
  await inTransaction(
    knex,
    async (transaction) => {
      if (await isDecided(transaction)) return
      const decision = { wanted: isWanted, seed, anchorMs: world.nowMs() }
      await transaction('installation').insert({ name: decisionName, value: JSON.stringify(decision) })
      if (passwordHash !== null) await writeShop(parts, transaction, passwordHash, decision.anchorMs)
    },
    isDuplicate,
  )
}

/** Whether the demo user still has the password that everybody knows. */
export async function hasDemoPassword({ knex, passwords }: Pick<DemoParts, 'knex' | 'passwords'>): Promise<boolean> {
  const user = await findUserByEmail(knex, demoLogin.email)
  return user !== null && passwords.matches(demoLogin.password, user.passwordHash)
}

const decisionName = 'demo-data'

async function isDecided(knex: Knex): Promise<boolean> {
  return (await knex('installation').where({ name: decisionName }).first('name')) !== undefined
}

async function writeShop(
  { world, timeZone }: DemoParts,
  transaction: Knex.Transaction,
  passwordHash: string,
  anchorMs: number,
): Promise<void> {
  const workspaceId = world.newId()
  const user = {
    id: world.newId(),
    email: demoLogin.email,
    name: 'Demo',
    avatar: null,
    googleId: null,
    emailVerifiedAtMs: null,
    company: 'Demo shop',
  }
  const workspace = { id: workspaceId, name: 'Demo shop', timeZone, currency: 'USD', consentPolicy: 'opt-out' } as const
  await insertUser(transaction, { ...user, passwordHash, createdAtMs: anchorMs })
  await insertWorkspace(transaction, workspace, anchorMs)
  await insertMembership(transaction, workspaceId, user.id, 'owner', anchorMs)
  const { customers, orders } = demoShop(seed, anchorMs)
  await insertAttribute(transaction, workspaceId, demoAttribute, anchorMs)
  await insertCustomers(transaction, workspaceId, customers)
  const agreed = customers.map((after) => ({ before: null, after }))
  await recordConsentChanges(transaction, workspaceId, consentChanges(agreed, user.id, anchorMs, world.newId))
  await insertOrders(transaction, workspaceId, orders, world.newId)
  await recomputeFigures(
    transaction,
    workspaceId,
    customers.map(({ id }) => id),
  )
}
