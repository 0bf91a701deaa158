import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Koa from 'koa'
import type { Logger } from 'pino'
import { createAccountSide } from './account-side.ts'
import { findUser } from './accounts/users-store.ts'
import { requireWorkspace } from './accounts/workspaces-store.ts'
import { analyticsRoutes } from './analytics/analytics-routes.ts'
import { createApp } from './app.ts'
import { activitySince } from './assistant/activity-store.ts'
import { adviceRoutes } from './assistant/advice-routes.ts'
import { assistantRoutes } from './assistant/assistant-routes.ts'
import { createDailyAllowance } from './assistant/daily-allowance.ts'
import { createKnownValues } from './assistant/known-values.ts'
import { createLanguageModels } from './assistant/language-models.ts'
import { attributeRoutes } from './attributes/attribute-routes.ts'
import { createCampaignSide } from './campaign-side.ts'
import type { CampaignParts } from './campaigns/campaign-parts.ts'
import { completeCampaign, markPaused } from './campaigns/control-campaign.ts'
import { campaignStanding } from './campaigns/read-campaigns.ts'
import type { Config } from './config.ts'
import type { CustomerParts } from './customers/customer-parts.ts'
import { customerRoutes } from './customers/customer-routes.ts'
import { connect, type Database, disconnect } from './database/connect.ts'
import { instanceMarkOf } from './database/instance-mark.ts'
import { createLongReads } from './database/long-reads.ts'
import { isMigrated, migrate } from './database/migrate.ts'
import { eraseCustomer } from './deliveries/erase-customer.ts'
import { createRunStore } from './deliveries/run-store.ts'
import { createDeliverySide, type DeliveryEvent, type DeliverySideParts } from './delivery-side.ts'
import { demoLogin, fillWithDemo, hasDemoPassword } from './demo-data/fill-with-demo.ts'
import { documentRoutes } from './documents/document-routes.ts'
import { createEngagementSide, type EngagementSide } from './engagement-side.ts'
import { everyChapter } from './every-chapter.ts'
import { historyOf } from './history.ts'
import { withoutValues } from './http/answer-problems.ts'
import { healthRoutes } from './http/health-routes.ts'
import { tellEnd } from './http/request-log.ts'
import { securityHeadersOf } from './http/security-headers.ts'
import { createMetricsSide, type MetricsSide } from './metrics-side.ts'
import type { OrderParts } from './orders/order-parts.ts'
import { orderRoutes } from './orders/order-routes.ts'
import { rulesInUse } from './rules-in-use.ts'
import { createAudience } from './segments/audience.ts'
import { populationOf } from './segments/segment-parts.ts'
import { segmentRoutes } from './segments/segment-routes.ts'
import { createReceiptDoor } from './vendor/receipt-door.ts'
import { createWebhookSide } from './webhook-side.ts'
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
  /** The login of the demo workspace, for as long as it has its initial password. */
  demoLogin(): Promise<{ readonly email: string; readonly password: string } | null>
  /** Listens and begins to work on what lies waiting. Answers where it is reached. */
  start(): Promise<{ readonly url: string }>
  /** Takes nothing new, finishes what is under way, closes the database. */
  stop(): Promise<void>
}

/** After this, connections that are still open are cut. */
const drainMs = 10_000

/**
 * Whoever sends slowly is cut off: ten seconds for the headers, a minute for a whole request (20 MB of an import take
 * that on a slow line), looked at often enough for that to be true.
 */
const connectionLimits = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 2_000 }

/** Opens and migrates the database and constructs everything that stands on it. */
export async function createMuster(config: Config, surroundings: Surroundings): Promise<Muster> {
  const { world, log } = surroundings
  const database = await connect(config.databaseUrl)
  const { knex } = database
  await migrate(database, world.nowMs())
  const isProduction = config.environment === 'production'
  const passwordCost = surroundings.passwordCost ?? 12
  const accountSide = await createAccountSide({ knex, reads: database.reads, config, world, log, passwordCost })
  const vitals = {
    environment: config.environment,
    askDatabase: async () => {
      await database.reads.raw('select 1')
    },
    isMigrated: () => isMigrated(database.reads),
  }
  const demo = { knex, world, passwords: accountSide.accounts.passwords, timeZone: config.businessTimeZone }
  await fillWithDemo(demo, config.demoData)
  const { reads } = database
  const timeZoneOf = async (workspaceId: string) => (await requireWorkspace(reads, workspaceId)).timeZone
  const populationBehind = async (workspaceId: string) =>
    populationOf({ knex: reads }, await requireWorkspace(reads, workspaceId))
  const customers: CustomerParts = { knex, reads, world, timeZoneOf, eraseTraces: eraseCustomer }
  const orders: OrderParts = { knex, reads, world, timeZoneOf }
  let ownUrl = ''
  const webhooks = createWebhookSide(knex, world, log, config)
  const engagement = await createEngagementSide(knex, world, log, config.publicUrl)
  const metrics = createMetricsSide(database, config, world)
  const { campaigns, delivery, longReads } = campaignsAndDelivery(
    database,
    config,
    { ...surroundings, metrics },
    () => `${ownUrl}/api`,
    engagement,
  )
  const campaignSide = createCampaignSide(
    campaigns,
    (workspaceId) => requireWorkspace(knex, workspaceId),
    async (userId) => (await findUser(knex, userId)) ?? fail('A session names a user who is not there'),
    (error) => log.error({ failure: withoutValues(error) }, 'live progress'),
  )
  const allowance = createDailyAllowance(
    await createLanguageModels(config.languageModels, (provider, failure) =>
      log.warn({ provider, failure }, 'language model'),
    ),
    config.languageModels.requestsPerUserAndDay,
    { knex, world },
  )
  const app = createApp({
    world,
    requestEnded: metrics.requestEnded,
    limits: accountSide.limits,
    trustedProxyHops: config.trustedProxyHops,
    log,
    isProduction,
    // Our own page of unsubscribing is asked from our own address.
    origins: {
      allowed: [...config.frontendUrls, ...(config.publicUrl === null ? [] : [new URL(config.publicUrl).origin])],
      anyLocalhost: !isProduction,
    },
    tokens: accountSide.tokens,
    findSession: accountSide.findSession,
    machines: accountSide.machines,
    rootRouters: [
      healthRoutes({ ...vitals, isForeign: delivery.isForeign }, world),
      ...metrics.routers,
      ...engagement.routers,
      documentRoutes(everyChapter),
    ],
    apiRouters: [
      ...accountSide.routers,
      attributeRoutes({ knex, world, rulesInUse }),
      customerRoutes(customers, historyOf(reads, createRunStore({ ...database, knex: reads }))),
      orderRoutes(orders),
      segmentRoutes(campaigns, (workspaceId) => requireWorkspace(knex, workspaceId)),
      ...campaignSide.routers,
      ...analyticsRoutes(campaigns),
      assistantRoutes({
        world,
        populationOf: populationBehind,
        knownValues: createKnownValues({ knex, world }),
        allowance,
      }),
      adviceRoutes({
        world,
        populationOf: populationBehind,
        allowance,
        audience: campaigns.audience,
        workspaceOf: (workspaceId) => requireWorkspace(knex, workspaceId),
        standingOf: (workspaceId, campaignId) => campaignStanding(campaigns, workspaceId, campaignId),
        activitySince: (workspaceId, sinceMs) => activitySince(knex, workspaceId, sinceMs),
      }),
      ...webhooks.routers,
      ...delivery.routers,
    ],
  })
  const door = createReceiptDoor({
    ...delivery.receiptDoor,
    world,
    headers: securityHeadersOf(isProduction),
    ended: tellEnd(log, metrics.requestEnded),
    otherwise: app.callback(),
  })
  const server = createServer(connectionLimits, door)
  return {
    app,
    demoLogin: async () => ((await hasDemoPassword(demo)) ? demoLogin : null),
    start: async () => {
      ownUrl = await listen(server, config)
      await delivery.start()
      webhooks.start()
      return { url: ownUrl }
    },
    stop: async () => {
      await campaignSide.close()
      // Then the sending side, while the server still takes the receipts of what is on its way.
      await delivery.stop()
      await webhooks.stop()
      await close(server)
      accountSide.close()
      metrics.close()
      await longReads.close()
      await disconnect(database)
    },
  }
}

/** Campaigns and the sending side know each other only through these calls: wake up, ended, paused. */
function campaignsAndDelivery(
  database: Database,
  config: Config,
  { world, log, metrics }: Surroundings & { readonly metrics: MetricsSide },
  ownUrl: () => string,
  { finishText, enclose }: EngagementSide,
) {
  const longReads = createLongReads(database)
  const campaigns: CampaignParts = {
    knex: database.knex,
    world,
    reads: database.reads,
    audience: createAudience(database, longReads),
    database,
    longReads,
    runs: createRunStore(database),
    confirmAbove: config.launchConfirmAbove,
    wake: () => delivery.dispatcher.wake(),
  }
  const delivery = createDeliverySide({
    database,
    config: config.vendor,
    clock: world,
    random: world.random,
    newId: world.newId,
    ownUrl,
    instanceMark: instanceMarkOf(config.databaseUrl, config.instanceId),
    ...(finishText === null ? {} : { finishText }),
    ...(enclose === null ? {} : { enclose }),
    onRunEnded: ({ workspaceId, campaignId }) => completeCampaign(campaigns, workspaceId, campaignId),
    onRunPaused: ({ workspaceId, campaignId }) => markPaused(campaigns, workspaceId, campaignId),
    tell: tellTo(log, metrics.hear),
  })
  return { campaigns, delivery, longReads }
}

/** Failures are for the operator, the rest for whoever looks closely. */
function tellTo(log: Logger, hear: MetricsSide['hear']): DeliverySideParts['tell'] {
  return (event) => {
    hear(event)
    if ('error' in event) log.error({ event: event.kind, failure: withoutValues(event.error) }, 'delivery')
    else if (isWarning(event)) log.warn({ event }, 'delivery')
    else log.debug({ event }, 'delivery')
  }
}

/** What an operator has to look at, though nothing has failed. */
function isWarning({ kind }: DeliveryEvent): boolean {
  return ['foreign-instance', 'stale-runs-paused', 'out-of-balance', 'quarantine-shortened'].includes(kind)
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

function fail(message: string): never {
  throw new Error(message)
}
