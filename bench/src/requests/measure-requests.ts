import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type BenchDatabase, type DatabaseName, openDatabase } from '../audiences/bench-database.ts'
import { loadShop } from '../audiences/load-shop.ts'
import { workspaceId } from '../audiences/shop.ts'
import { startServer, text } from '../delivery/server-process.ts'
import { cpuMsOf } from '../measuring/cpu-of.ts'
import { say, sayTable, short, verdict } from '../measuring/print.ts'
import { spreadOf } from '../measuring/spread.ts'
import { nowMs } from '../predicates/customers/records.ts'
import { type Load, load, type Traffic } from './load.ts'

export interface RequestSizes {
  readonly databases: readonly DatabaseName[]
  readonly customers: number
  readonly rounds: number
  /** How long each kind of request is sent in each round. */
  readonly seconds: number
}

/** Plain reads have to reach so much of the bare route's requests per second. */
const leastRatio = 0.6

/** List, get, create and preview of a real server process, each beside a bare Koa route over the same database. */
export async function measureRequests(sizes: RequestSizes): Promise<void> {
  for (const name of sizes.databases) {
    const database = await openDatabase(name, nowMs)
    try {
      await measureDatabase(database, sizes)
    } finally {
      await database.drop()
    }
  }
}

async function measureDatabase(database: BenchDatabase, { customers, rounds, seconds }: RequestSizes): Promise<void> {
  await loadShop(database, { customers, orders: customers * 2 })
  const [{ id }] = await database
    .knex('customers')
    .orderBy('id')
    .offset(Math.floor(customers / 2))
    .limit(1)
    .select('id')
  const server = await startServer(database.url, { RATE_LIMITS: 'off', LOG_LEVEL: 'info' })
  const bare = await startBare(database.url)
  try {
    const [{ user_id }] = await database.knex('memberships').select('user_id')
    await database
      .knex('memberships')
      .insert({ workspace_id: workspaceId, user_id, role: 'owner', created_at_ms: nowMs })
    const token = text(await server.ask('POST', `/workspaces/${workspaceId}/enter`), 'token')
    const rows: (readonly string[])[] = []
    for (const { name, isPlainRead, ours, theirs } of questions(server.apiUrl, token, bare.url, String(id))) {
      const [us, them]: [Costs[], Costs[]] = [[], []]
      await load(ours, 1)
      await load(theirs, 1)
      for (let round = 0; round < rounds; round++) {
        us.push(await costsOf(server.pid, ours, seconds))
        them.push(await costsOf(bare.pid, theirs, seconds))
      }
      rows.push(rowOf(name, isPlainRead, us, them))
    }
    say(
      `\n${database.name}: ${customers.toLocaleString('en')} customers, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`,
    )
    const ours = ['muster/s', 'p99 ms', 'cpu ms']
    sayTable(['', ...ours, 'bare/s', 'p99 ms', 'cpu ms', 'of its requests/s', 'of its cpu', 'target'], rows)
  } finally {
    await server.end()
    await bare.end()
  }
}

interface Compared {
  readonly name: string
  readonly isPlainRead: boolean
  readonly ours: Traffic
  readonly theirs: Traffic
}

function questions(apiUrl: string, token: string, bareUrl: string, id: string): readonly Compared[] {
  const headers = { authorization: `Bearer ${token}` }
  const read = (name: string, path: string): Compared => ({
    name,
    isPlainRead: true,
    ours: { url: `${apiUrl}${path}`, method: 'GET', headers },
    theirs: { url: `${bareUrl}${path}`, method: 'GET', headers },
  })
  const write = (name: string, [path, body]: Posted, [barePath, bareBody]: Posted): Compared => ({
    name,
    isPlainRead: false,
    ours: { url: `${apiUrl}${path}`, method: 'POST', headers, body },
    theirs: { url: `${bareUrl}${barePath}`, method: 'POST', headers, body: bareBody },
  })
  let next = 0
  const person = () => JSON.stringify({ email: `new-${next++}@example.com`, name: 'Somebody New' })
  const [minor, visits] = [100_000, 5]
  const conditions = [
    { field: 'totalSpending', operator: '>=', value: minor / 100 },
    { field: 'visitCount', operator: '>=', value: visits },
  ]
  const rule = JSON.stringify({ rules: { logic: 'AND', conditions } })
  const byHand = JSON.stringify({ minor, visits })
  return [
    read('list of 10', '/customers?limit=10'),
    read('list of 100', '/customers?limit=100'),
    read('get', `/customers/${id}`),
    write('create', ['/customers', person], ['/customers', person]),
    write('preview', ['/campaigns/preview-audience', () => rule], ['/preview', () => byHand]),
  ]
}

type Posted = readonly [path: string, body: () => string]

/** How requests were answered, and what each of them cost the processor. */
interface Costs extends Load {
  readonly cpuMs: number
}

async function costsOf(pid: number, traffic: Traffic, seconds: number): Promise<Costs> {
  const before = cpuMsOf(pid)
  const answered = await load(traffic, seconds)
  return { ...answered, cpuMs: (cpuMsOf(pid) - before) / (answered.requestsPerSecond * seconds) }
}

function rowOf(name: string, isPlainRead: boolean, us: readonly Costs[], them: readonly Costs[]): readonly string[] {
  const ratio = spreadOf(us.map(({ requestsPerSecond }, round) => requestsPerSecond / them[round]!.requestsPerSecond))
  const cpuRatio = spreadOf(us.map(({ cpuMs }, round) => them[round]!.cpuMs / cpuMs))
  const median = (costs: readonly Costs[], figure: keyof Costs) =>
    short(spreadOf(costs.map((each) => each[figure])).median)
  const figures = [us, them].flatMap((costs) =>
    (['requestsPerSecond', 'p99Ms', 'cpuMs'] as const).map((figure) => median(costs, figure)),
  )
  const target = isPlainRead ? verdict(ratio.median >= leastRatio, `at least ${leastRatio}`) : ''
  return [
    name,
    ...figures,
    `${short(ratio.median)} (${short(ratio.min)} to ${short(ratio.max)})`,
    short(cpuRatio.median),
    target,
  ]
}

async function startBare(databaseUrl: string) {
  const child: ChildProcess = fork(fileURLToPath(new URL('./bare-program.js', import.meta.url)), [
    databaseUrl,
    workspaceId,
  ])
  const [address] = (await once(child, 'message')) as [AddressInfo]
  return {
    url: `http://127.0.0.1:${address.port}`,
    pid: child.pid ?? 0,
    end: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
