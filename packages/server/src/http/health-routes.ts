import Router from '@koa/router'
import type { World } from '../world/world.ts'
import { allow } from './policy.ts'

/** What can be asked about the state of the server. */
export interface Vitals {
  /** Rejects when the database does not answer. */
  askDatabase(): Promise<void>
  isMigrated(): Promise<boolean>
  /** Whether the database belongs to another installation, so that nothing is sent until the operator confirms. */
  isForeign(): Promise<boolean>
  readonly environment: string
}

/** Longer than any of our transactions: whoever waits for longer is not served either. */
const patienceMs = 5_000

/** `/health`: alive, and the database answers. `/ready`: its schema is this release's, and it is this installation's. */
export function healthRoutes(vitals: Vitals, world: World): Router {
  return new Router()
    .get('/health', allow('anyone'), async (ctx) => {
      const isUp = await within(
        patienceMs,
        vitals.askDatabase().then(() => true),
      )
      const timestamp = new Date(world.nowMs()).toISOString()
      ctx.status = isUp ? 200 : 503
      ctx.body = { status: isUp ? 'OK' : 'DATABASE_DOWN', timestamp, environment: vitals.environment }
    })
    .get('/ready', allow('anyone'), async (ctx) => {
      const isMigrated = await within(patienceMs, vitals.isMigrated())
      const isOurs =
        isMigrated &&
        (await within(
          patienceMs,
          vitals.isForeign().then((isForeign) => !isForeign),
        ))
      ctx.status = isOurs ? 200 : 503
      ctx.body = { status: isOurs ? 'READY' : isMigrated ? 'INSTANCE_UNCONFIRMED' : 'NOT_READY' }
    })
}

async function within(limitMs: number, answer: Promise<boolean>): Promise<boolean> {
  const late = AbortSignal.timeout(limitMs)
  const tooLate = new Promise<boolean>((resolve) => {
    late.addEventListener('abort', () => resolve(false), { once: true })
  })
  return Promise.race([answer.catch(() => false), tooLate])
}
