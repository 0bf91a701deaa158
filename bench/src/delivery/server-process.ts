import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A Muster server as it is installed, in a process of its own. */
export interface ServerProcess {
  /** The address of the API. */
  readonly apiUrl: string
  readonly vendorKey: string
  /** Of the registered account. */
  readonly token: string
  /** Calls the API with the session of a newly registered account. */
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>
  readonly pid: number
  /** Bytes that the process holds in memory now. */
  residentBytes(): Promise<number>
  end(): Promise<void>
}

const vendorKey = 'between-the-bench-and-its-vendor-only'

/** Starts a server on this database and registers an account. */
export async function startServer(
  databaseUrl: string,
  settings: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'))
  const main = createRequire(import.meta.url).resolve('@muster/server/main')
  const env = { ...process.env, DATABASE_URL: databaseUrl, VENDOR_KEY: vendorKey, DEMO_DATA: 'off', LOG_LEVEL: 'error' }
  const child = spawn(process.execPath, [...profiling(), main], {
    cwd: folder,
    env: { ...env, HOST: '127.0.0.1', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = /http:\S+/.exec(line.toString())?.[0]
  if (url === undefined) throw new Error(`The server did not say where it serves: ${line.toString()}`)
  const apiUrl = `${url}/api`
  const token = await register(apiUrl)
  return {
    apiUrl,
    vendorKey,
    token,
    pid: child.pid ?? 0,
    ask: (method, path, body) => call(`${apiUrl}${path}`, method, body, token),
    residentBytes: async () => {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(child.pid)])
      return Number(stdout) * 1024
    },
    end: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true })
    },
  }
}

/** `MUSTER_CPU_PROFILES=folder` leaves a profile of each server there. */
function profiling(): readonly string[] {
  const folder = process.env['MUSTER_CPU_PROFILES']
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`]
}

async function register(apiUrl: string): Promise<string> {
  const login = { email: `bench-${Date.now()}@example.org`, password: 'Bench-2026!x' }
  await call(`${apiUrl}/auth/register`, 'POST', { ...login, name: 'Bench' })
  return text(await call(`${apiUrl}/auth/login`, 'POST', login), 'token')
}

async function call(url: string, method: string, body: unknown, token?: string): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${JSON.stringify(answer)}`)
  return field(answer, 'data')
}

/** One field of an answer. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined
}

/** One text of an answer. */
export function text(value: unknown, name: string): string {
  const found = field(value, name)
  if (typeof found !== 'string') throw new Error(`The answer has no text "${name}"`)
  return found
}
