/** A Muster server of one's own: a process on a free port with an embedded database in a folder that goes away. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface MusterProcess {
  /** The address of the API, such as `http://127.0.0.1:40123/api`. */
  readonly apiUrl: string
  /** The process as it runs now; another one after a restart. */
  process(): ChildProcess
  /** Ends it at once, as a power cut would; nothing can be tidied up. */
  kill(): Promise<void>
  /** Starts it again on the same database and port. */
  restart(): Promise<void>
  /** Stops it in good order and deletes its folder. */
  stop(): Promise<void>
}

const mainFile = createRequire(import.meta.url).resolve('@muster/server/main')

const longestStartMs = 60_000

/**
 * Starts a server with an empty database of its own and resolves once it is healthy.
 * `settings` are further environment variables, such as `VENDOR_RATE_PER_SECOND`.
 */
export async function startMuster(settings: Readonly<Record<string, string>> = {}): Promise<MusterProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    DATABASE_URL: `sqlite:${join(folder, 'muster.sqlite')}`,
    DEMO_DATA: 'off',
    LOG_LEVEL: 'silent',
    ...settings,
    HOST: '127.0.0.1',
    PORT: String(port),
  }
  const start = async () => {
    const child = spawn(process.execPath, [mainFile], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    await untilHealthy(address, child)
    return child
  }
  let child = await start()
  return {
    apiUrl: `${address}/api`,
    process: () => child,
    kill: () => end(child, 'SIGKILL'),
    restart: async () => {
      child = await start()
    },
    stop: async () => {
      await end(child, 'SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilHealthy(address: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + longestStartMs; Date.now() < deadline; await pause(50)) {
    if (child.exitCode !== null)
      throw new Error(`The server ended with exit code ${child.exitCode} before it was healthy`)
    const response = await fetch(`${address}/health`).catch(() => undefined)
    if (response?.ok === true) return
  }
  child.kill('SIGKILL')
  throw new Error(`The server was not healthy after ${longestStartMs / 1000} s`)
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port was found')
  return address.port
}
