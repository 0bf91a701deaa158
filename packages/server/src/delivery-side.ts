import type Router from '@koa/router'
import { type Clock, type DeliveryPolicy, defaultPolicy, type Random, repeat } from '@muster/delivery-core'
import type { VendorConfig } from './config.ts'
import type { Database } from './database/connect.ts'
import type { InstanceMark } from './database/instance-mark.ts'
import { createInstance, type Instance } from './deliveries/check-instance.ts'
import {
  createDispatcher,
  type Dispatcher,
  type DispatcherEvent,
  type DispatcherParts,
} from './deliveries/dispatcher.ts'
import { createInstanceStore } from './deliveries/instance-store.ts'
import { createRunStore } from './deliveries/run-store.ts'
import { suppressionRoutes } from './deliveries/suppression-routes.ts'
import { createHttpVendor, type HttpVendorSettings } from './vendor/http-vendor.ts'
import { instanceRoutes } from './vendor/instance-routes.ts'
import { createPostReceipt } from './vendor/post-receipt.ts'
import { rateRoutes } from './vendor/rate-routes.ts'
import type { ReceiptDoorParts } from './vendor/receipt-door.ts'
import { receiptRoutes } from './vendor/receipt-routes.ts'
import { createSimulatedVendor } from './vendor/simulated-vendor.ts'
import { simulatedVendorRoutes } from './vendor/simulated-vendor-routes.ts'
import { calmVendor, type SimulatedVendorSettings } from './vendor/simulated-vendor-settings.ts'
import { createSimulatedVendorStore } from './vendor/simulated-vendor-store.ts'
import { testSendRoutes } from './vendor/test-send-routes.ts'
import { createReceiptGuard } from './vendor/vendor-key.ts'
import { createVendorLedger } from './vendor/vendor-ledger-store.ts'
import { createVendorStats } from './vendor/vendor-stats-store.ts'

export interface DeliverySideParts extends Pick<DispatcherParts, 'onRunEnded' | 'onRunPaused' | 'finishText'> {
  readonly database: Database
  readonly config: VendorConfig & { readonly simulated: Partial<SimulatedVendorSettings> | null }
  readonly clock: Clock
  readonly random: Random
  readonly newId: () => string
  /** Where this server is reached, with `/api`; asked only after it listens. */
  readonly ownUrl: () => string
  readonly policy?: DeliveryPolicy
  /** What goes to the vendor beside each message. */
  readonly enclose?: HttpVendorSettings['enclose']
  /** What names this installation outside of its database; null: copies of the database are not noticed. */
  readonly instanceMark?: InstanceMark | null
  readonly tell: (event: DeliveryEvent) => void
}

export type DeliveryEvent = DispatcherEvent | { readonly kind: 'receipts-failed'; readonly error: unknown }

/** Everything that sends and hears back, put together. */
export interface DeliverySide {
  readonly dispatcher: Dispatcher
  /** For the door through which most receipts come. */
  readonly receiptDoor: Pick<ReceiptDoorParts, 'inbox' | 'guard' | 'account'>
  /** To be served below `/api`, outside every rate limit. */
  readonly routers: readonly Router[]
  /**
   * To be called when the server listens: messages go to the simulated vendor over HTTP. Sends nothing while the
   * database belongs to another installation; goes on by itself when the operator has confirmed, here or elsewhere.
   */
  start(): Promise<void>
  /** Whether the operator has to confirm first. */
  isForeign(): Promise<boolean>
  /** To be called while the server still listens, so that what is on its way can arrive. */
  stop(): Promise<void>
}

/** How soon a server that was held back hears that the operator has confirmed on another one. */
const askAgainEveryMs = 5_000

/** The one account there is so far. */
const account = 'default'

/**
 * A claim outlives the call that is made under it by half, so that a slow answer never looks like a death. Doubts are
 * over before the vendor may have forgotten the key by which they could be resolved.
 */
function policyFor({ callTimeoutMs, keyHours, doubtDeadlineMs }: VendorConfig): DeliveryPolicy {
  const usual = { ...defaultPolicy, callTimeoutMs, leaseMs: callTimeoutMs * 1.5, doubtDeadlineMs }
  if (keyHours === 0) return { ...usual, doubt: 'atMostOnce', keyTtlMs: 0, keyMarginMs: 0 }
  const keyTtlMs = keyHours * 3_600_000
  const keyMarginMs = Math.min(defaultPolicy.keyMarginMs, keyTtlMs / 4)
  return { ...usual, keyTtlMs, keyMarginMs, doubtDeadlineMs: Math.min(doubtDeadlineMs, keyTtlMs - keyMarginMs) }
}

/** Constructs the dispatcher, the vendor it talks to, and, unless a real one is configured, the vendor itself. */
export function createDeliverySide(parts: DeliverySideParts): DeliverySide {
  const { database, config, clock, tell, ownUrl } = parts
  const vendor = createHttpVendor({
    url: () => config.url ?? `${ownUrl()}/vendor`,
    key: config.key,
    connections: config.concurrency,
    ...(parts.enclose === undefined ? {} : { enclose: parts.enclose }),
  })
  const dispatcher = createDispatcher({
    ...parts,
    vendor,
    policy: parts.policy ?? policyFor(config),
    account,
    concurrency: config.concurrency,
    rates: [{ starts: config.ratePerSecond, windowMs: 1_000 }],
  })
  const settings = { ...calmVendor, ...config.simulated }
  const { key, webhookSecrets } = config
  const guard = createReceiptGuard({ key, webhookSecrets, nowMs: clock.nowMs })
  const postReceipt = createPostReceipt({
    url: () => `${ownUrl()}/vendor/delivery-receipt`,
    key,
    webhookSecret: webhookSecrets[0] ?? null,
    nowMs: clock.nowMs,
  })
  const simulated = createSimulatedVendor(createSimulatedVendorStore(database), settings, clock, postReceipt, tell)
  const isSimulated = config.simulated !== null
  const instance = createInstance(createInstanceStore(database.knex), parts.instanceMark ?? null, parts.newId)
  const begin = createBeginning(instance, tell, async () => {
    if (isSimulated) simulated.start()
    await dispatcher.start()
  })
  const waiting = repeat(
    clock,
    askAgainEveryMs,
    () => begin().then(() => false),
    (error) => tell({ kind: 'begin-failed', error }),
  )
  return {
    dispatcher,
    receiptDoor: { inbox: dispatcher.inbox, guard, account },
    routers: [
      receiptRoutes({
        inbox: dispatcher.inbox,
        stats: createVendorStats(database.knex),
        guard,
        account,
      }),
      rateRoutes({ ...dispatcher, vendorKey: config.key }),
      suppressionRoutes({ database, world: { nowMs: clock.nowMs } }),
      instanceRoutes({ instance, begin, vendorKey: config.key }),
      testSendRoutes({
        knex: database.knex,
        world: { nowMs: clock.nowMs, newId: parts.newId },
        runs: createRunStore(database),
        wake: dispatcher.wake,
      }),
      ...(isSimulated
        ? [
            simulatedVendorRoutes({
              vendor: simulated,
              key: config.key,
              clock,
              newId: parts.newId,
              silenceMs: settings.silenceMs,
              ledger: createVendorLedger(database.knex),
            }),
          ]
        : []),
    ],
    start: async () => {
      if (!(await begin())) waiting.start()
    },
    isForeign: async () => (await instance.check()) === 'foreign',
    stop: async () => {
      await waiting.stop()
      await dispatcher.stop()
      await simulated.stop()
      vendor.close()
    },
  }
}

/** Begins once, and only on an installation that is not foreign. Answers whether it has begun. */
function createBeginning(
  instance: Instance,
  tell: DeliverySideParts['tell'],
  start: () => Promise<void>,
): () => Promise<boolean> {
  let hasBegun = false
  return async () => {
    if (hasBegun) return true
    if ((await instance.check()) === 'foreign') {
      tell({ kind: 'foreign-instance' })
      return false
    }
    hasBegun = true
    await start()
    return true
  }
}
