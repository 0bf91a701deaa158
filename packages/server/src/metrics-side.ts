import type Router from '@koa/router'
import type { Config } from './config.ts'
import type { Database } from './database/connect.ts'
import { poolOf } from './database/pool-of.ts'
import { readDeliveryFigures } from './metrics/delivery-figures-store.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { metricsRoutes } from './metrics/metrics-routes.ts'
import { remembered } from './metrics/remembered.ts'
import type { World } from './world/world.ts'

/** What watches the program from inside. */
export interface MetricsSide extends Pick<Metrics, 'requestEnded' | 'hear' | 'close'> {
  readonly routers: readonly Router[]
}

/** However many readers there are, and however often they ask, the database is asked at most so often. */
const figuresForMs = 10_000

/** Counts from now on. */
export function createMetricsSide({ knex, reads }: Database, config: Config, world: World): MetricsSide {
  const metrics = createMetrics({
    deliveryFigures: remembered(() => readDeliveryFigures(reads, world.nowMs()), figuresForMs, world.nowMs),
    pool: () => poolOf(knex),
  })
  return { ...metrics, routers: [metricsRoutes(metrics, config.metricsToken)] }
}
