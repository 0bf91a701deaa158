import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Koa from 'koa'
import type { Logger } from 'pino'
import type { AccountParts } from './accounts/account-parts.ts'
import { accountRoutes } from './accounts/account-routes.ts'
import { createPasswords } from './accounts/passwords.ts'
import { findLiveSession } from './accounts/sessions-store.ts'
import { createTokens, tokenParties } from './accounts/tokens.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { connect } from './database/connect.ts'
import { isMigrated, migrate } from './database/migrate.ts'
import { healthRoutes } from './http/health-routes.ts'
import type { World } from './world/world.ts'

/** What the program takes from outside. */
export interface Surroundings {
  readonly world: World
  readonly log: Logger
  /** bcrypt's cost; lower in tests, where hundreds of people register. */
  readonly passwordCost?: number
}

/** The whole program, put together but not yet listening. */
export interface Muster {
  readonly app: Koa
  /** Listens and begins to work on what lies waiting. Answers where it is reached. */
  start(): Promise<{ readonly url: string }>
  /** Takes nothing new, finishes what is under way, closes the database. */
  stop(): Promise<void>
}

/** After this, connections that are still open are cut. */
const drainMs = 10_000

/** Opens and migrates the database and constructs everything that stands on it. */
export async function createMuster(config: Config, surroundings: Surroundings): Promise<Muster> {
  const { world, log } = surroundings
  const database = await connect(config.databaseUrl)
  const { knex } = database
  await migrate(database, world.nowMs())
  const isProduction = config.environment === 'production'
  const tokens = createTokens(config.jwtSecret, config.previousJwtSecret)
  const accounts: AccountParts = {
    knex,
    world,
    tokens,
    passwords: createPasswords(surroundings.passwordCost ?? 12),
    timeZone: config.businessTimeZone,
  }
  const vitals = {
    environment: config.environment,
    askDatabase: async () => {
      await knex.raw('select 1')
    },
    isMigrated: () => isMigrated(knex),
  }
  const app = createApp({
    world,
    log,
    isProduction,
    origins: { allowed: config.frontendUrls, anyLocalhost: !isProduction },
    tokens: { ...tokenParties, keys: tokens.keys },
    findSession: (sessionId, userId) => findLiveSession(knex, sessionId, userId, world.nowMs()),
    rootRouters: [healthRoutes(vitals, world)],
    apiRouters: [accountRoutes(accounts, isProduction)],
  })
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000 }, app.callback())
  return {
    app,
    start: async () => ({ url: await listen(server, config) }),
    stop: async () => {
      await close(server)
      await knex.destroy()
    },
  }
}

async function listen(server: Server, { host, port }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { address, port: taken, family }: AddressInfo = addressOf(server)
  const isEverywhere = address === '0.0.0.0' || address === '::'
  return `http://${isEverywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address}:${taken}`
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port')
  return address
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return
  const cut = setTimeout(() => server.closeAllConnections(), drainMs)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  clearTimeout(cut)
}
