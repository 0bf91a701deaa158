// A whole sending side in a process of its own, to be killed: `node sending-process.mjs DATABASE_URL SETTINGS_JSON`.
// Says `ready` when it works, `ended RUN` when a run came to its end.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import Router from '@koa/router'
import { defaultPolicy } from '@muster/delivery-core'
import Koa from 'koa'
import { pino } from 'pino'
import { connect } from '../../dist/database/connect.js'
import { createDeliverySide } from '../../dist/delivery-side.js'
import { answerProblems } from '../../dist/http/answer-problems.js'

const [databaseUrl, settings] = process.argv.slice(2)
const { concurrency, ratePerSecond, policy, simulated } = JSON.parse(settings)
const database = await connect(databaseUrl)
const server = createServer()
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const world = { nowMs: () => Date.now(), newId: () => randomUUID() }

const side = createDeliverySide({
  database,
  config: { url: null, key: 'vendor-key-of-the-test', webhookSecrets: [], ratePerSecond, concurrency, simulated },
  clock: {
    nowMs: world.nowMs,
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
  },
  random: Math.random,
  newId: world.newId,
  ownUrl: () => `http://127.0.0.1:${server.address().port}/api`,
  policy: { ...defaultPolicy, ...policy },
  tell: (event) => {
    if (event.kind.endsWith('-failed')) process.stderr.write(`${event.kind} ${event.error?.code ?? event.error}\n`)
  },
  onRunEnded: async ({ runId }) => {
    process.stdout.write(`ended ${runId}\n`)
  },
  onRunPaused: async ({ runId, reason }) => {
    process.stdout.write(`paused ${runId} ${reason}\n`)
  },
})
const app = new Koa()
const api = new Router({ prefix: '/api' })
for (const router of side.routers) api.use(router.routes())
app.use(answerProblems(pino({ level: 'silent' })))
app.use(api.routes())
server.on('request', app.callback())
await side.start()
process.stdout.write('ready\n')
process.on('SIGTERM', async () => {
  await side.stop()
  server.closeAllConnections()
  server.close()
  await database.knex.destroy()
})
