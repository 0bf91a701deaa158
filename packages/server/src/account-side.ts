import type Router from '@koa/router'
import type { Knex } from 'knex'
import type { Logger } from 'pino'
import type { AccountParts } from './accounts/account-parts.ts'
import { accountRoutes } from './accounts/account-routes.ts'
import { developerRoutes } from './accounts/developer-routes.ts'
import { googleRoutes } from './accounts/google-routes.ts'
import { useSession } from './accounts/open-session.ts'
import { createPasswords } from './accounts/passwords.ts'
import { createSeal } from './accounts/sealed-round-trip.ts'
import { createTokens, tokenLifetimeSeconds, tokenParties } from './accounts/tokens.ts'
import { auditRoutes } from './audit/audit-routes.ts'
import type { Config } from './config.ts'
import type { FindSession, Machines, TokenRules } from './http/authentication.ts'
import { createLimits, type Limits } from './http/limits.ts'
import type { Session } from './http/session.ts'
import { connectSharedCounters } from './http/shared-counters.ts'
import { serviceKeyStart } from './workspaces/secret-key.ts'
import { findMachine } from './workspaces/serve-machines.ts'
import { workspaceRoutes } from './workspaces/workspace-routes.ts'
import type { World } from './world/world.ts'

/** What the accounts take from outside. */
export interface AccountSideParts {
  readonly knex: Knex
  /** For reading what is committed, beside whatever is being written. */
  readonly reads: Knex
  readonly config: Config
  readonly world: World
  readonly log: Logger
  readonly passwordCost: number
}

/** Everything about who asks and what they may do, put together. */
export interface AccountSide {
  readonly accounts: AccountParts
  readonly limits: Limits
  readonly tokens: TokenRules
  readonly findSession: FindSession
  readonly machines: Machines
  /** To be served below `/api`. */
  readonly routers: readonly Router[]
  close(): void
}

export async function createAccountSide({
  knex,
  reads,
  config,
  world,
  log,
  passwordCost,
}: AccountSideParts): Promise<AccountSide> {
  const isProduction = config.environment === 'production'
  const [frontendUrl] = config.frontendUrls
  const tokens = createTokens(config.jwtSecret, config.previousJwtSecret)
  const accounts: AccountParts = {
    knex,
    world,
    tokens,
    passwords: createPasswords(passwordCost),
    sessions: config.sessions,
    timeZone: config.businessTimeZone,
  }
  const tell = (failure: string) => log.warn({ failure }, 'redis is away: limits are counted in this process')
  const shared = config.redisUrl === null ? null : await connectSharedCounters(config.redisUrl, tell)
  const limits = createLimits(config.rateLimits ? { shared, secret: config.jwtSecret } : null)
  const seal = createSeal(config.jwtSecret)
  return {
    accounts,
    limits,
    tokens: { ...tokenParties, lifetimeSeconds: tokenLifetimeSeconds, keys: tokens.keys },
    findSession: async (sessionId, userId) => {
      const session = await useSession({ ...accounts, reads }, sessionId, userId)
      return session && { ...session, isMachine: false }
    },
    machines: { keyStart: serviceKeyStart, find: (key) => machineSession(accounts, key) },
    routers: [
      accountRoutes(accounts, limits, isProduction),
      googleRoutes(accounts, { google: config.google, seal, limits, frontendUrl, isProduction }),
      developerRoutes(accounts, config.developerLogin, frontendUrl),
      workspaceRoutes(accounts, isProduction, frontendUrl),
      auditRoutes(knex),
    ],
    close: () => shared?.close(),
  }
}

/** A machine works in its workspace on behalf of whoever made its key. */
async function machineSession(accounts: AccountParts, key: string): Promise<Session | null> {
  const machine = await findMachine(accounts, key)
  if (machine === null) return null
  const { id, createdBy, workspaceId, role } = machine
  return { sessionId: id, userId: createdBy, workspaceId, role, isMachine: true }
}
