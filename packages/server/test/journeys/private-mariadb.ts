import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { createConnection } from 'mysql2/promise'
import { expect } from 'vitest'
import { urlOf } from './url-of.ts'

/** A MariaDB server of one's own, which may be killed. */
export interface PrivateMariadb {
  /** Of an empty database in it. */
  readonly url: string
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>
  /** Starts it again on what was on the disk, and resolves when it answers. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Where the two programs are that it takes, or null. Servers are commonly not in the path of ordinary users. */
export function findMariadb(): { readonly server: string; readonly install: string } | null {
  const server = findProgram('mariadbd')
  const install = findProgram('mariadb-install-db')
  return server === null || install === null ? null : { server, install }
}

function findProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/local/bin']
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export async function startPrivateMariadb({ server, install }: NonNullable<ReturnType<typeof findMariadb>>) {
  const folder = await mkdtemp(join(tmpdir(), 'muster-mariadb-'))
  const data = `--datadir=${join(folder, 'data')}`
  await promisify(execFile)(install, [
    '--no-defaults',
    data,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
  ])
  const port = await freePort()
  const address = `mysql://root@127.0.0.1:${port}`
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(
      server,
      [
        '--no-defaults',
        data,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--socket=${join(folder, 'socket')}`,
        `--pid-file=${join(folder, 'pid')}`,
        '--innodb-buffer-pool-size=64M',
        ...(process.getuid?.() === 0 ? ['--user=root'] : []),
      ],
      { stdio: 'ignore' },
    )
    await expect.poll(() => ask(`${address}/mysql`, 'select 1'), { timeout: 30_000, interval: 100 }).toBe(true)
    return child
  }
  let child = await start()
  await expect.poll(() => ask(`${address}/mysql`, 'create database if not exists muster')).toBe(true)
  const kill = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return {
    url: `${address}/muster`,
    kill,
    restart: async () => {
      child = await start()
    },
    close: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  } satisfies PrivateMariadb
}

/** Whether a server answered. */
async function ask(url: string, statement: string): Promise<boolean> {
  try {
    const connection = await createConnection(url)
    await connection.query(statement)
    await connection.end()
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = new URL(urlOf(probe))
  probe.close()
  await once(probe, 'close')
  return port
}
