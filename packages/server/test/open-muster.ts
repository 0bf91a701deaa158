import Router from '@koa/router'
import { nanoid } from 'nanoid'
import { pino } from 'pino'
import type { TestDatabase } from '../../../testing/databases.ts'
import { readConfig } from '../src/config.ts'
import type { Environment } from '../src/settings-reader.ts'
import { createMuster } from '../src/wiring.ts'
import { type Client, clientOf } from './client.ts'

/** The whole program over a fresh database, served on a free port of this machine. */
export interface OpenMuster {
  readonly origin: string
  readonly databaseUrl: string
  /** Every route that is served, such as `GET /api/orders/:id`. */
  readonly routes: readonly string[]
  /** Everything that was logged, as text. */
  readonly logged: () => string
  /** Moves the program's clock. */
  advance(byMs: number): void
  /** A client without a session. */
  readonly anyone: Client
  /** A client of a new user with a workspace of their own. */
  register(name?: string): Promise<Client>
  stop(): Promise<void>
}

const settings: Environment = {
  NODE_ENV: 'test',
  PORT: '0',
  HOST: '127.0.0.1',
  DEMO_DATA: 'off',
  LOG_LEVEL: 'info',
  RATE_LIMITS: 'off',
  JWT_SECRET: 'a secret of the tests, long enough for HS256',
  VENDOR_KEY: 'a vendor key of the tests, long enough as well',
  DATA_KEY: 'a data key of the tests, long enough to seal secrets',
}

export const testPassword = 'Sesame-42'

/** Starts the program as `main.ts` does, with what `more` sets. */
export async function openMuster(database: TestDatabase, more: Environment = {}): Promise<OpenMuster> {
  const opened = await database.open()
  const checked = readConfig({ ...settings, DATABASE_URL: opened.url, ...more })
  if (!checked.ok) throw new Error(checked.faults.join('; '))
  const lines: string[] = []
  const log = pino({ level: checked.config.logLevel, base: null }, { write: (line: string) => void lines.push(line) })
  let aheadMs = 0
  const world = {
    nowMs: () => Date.now() + aheadMs,
    after: (delayMs: number, callback: () => void) => {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
    random: Math.random,
    newId: () => nanoid(),
  }
  const muster = await createMuster(checked.config, { world, log, passwordCost: 4 })
  const { url } = await muster.start()
  const anyone = clientOf(url, null)
  return {
    origin: url,
    databaseUrl: opened.url,
    routes: routesOf(muster.app.middleware),
    logged: () => lines.join(''),
    advance: (byMs) => {
      aheadMs += byMs
    },
    anyone,
    register: async (name = 'Somebody') => {
      const email = `${nanoid()
        .toLowerCase()
        .replaceAll(/[^a-z]/g, 'x')}@people.example`
      const answer = await anyone.post('/api/auth/register', { email, name, password: testPassword })
      return clientOf(url, answer.text('data.token'))
    },
    stop: async () => {
      await muster.stop()
      await opened.close()
    },
  }
}

/** What Koa's routers hold, read from the program itself rather than from a list beside it. */
function routesOf(middleware: readonly object[]): readonly string[] {
  const routers = middleware.flatMap((each) => ('router' in each && each.router instanceof Router ? [each.router] : []))
  return routers.flatMap(({ stack }) =>
    stack.flatMap(({ methods, path }) =>
      methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${String(path)}`),
    ),
  )
}
