/**
 * Looks once a run for the servers that suites can use and hands what it found to every test file.
 * What is missing is printed by name; under `CI=true` a missing MariaDB, PostgreSQL or Redis ends the run.
 */

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import type { DatabaseName, FoundService } from './databases.ts'

type ServiceName = Exclude<DatabaseName, 'sqlite'> | 'redis'

declare module 'vitest' {
  interface ProvidedContext {
    readonly services: Readonly<Record<ServiceName, FoundService>>
  }
}

const usualAddress: Readonly<Record<ServiceName, { variable: string; url: string }>> = {
  mariadb: { variable: 'TEST_MARIADB_URL', url: 'mysql://root@127.0.0.1:3306' },
  mysql: { variable: 'TEST_MYSQL_URL', url: 'mysql://root@127.0.0.1:33097' },
  postgres: { variable: 'TEST_POSTGRES_URL', url: 'postgres://postgres@127.0.0.1:5432' },
  redis: { variable: 'TEST_REDIS_URL', url: 'redis://127.0.0.1:6379' },
}

const neededInCi: readonly ServiceName[] = ['mariadb', 'postgres', 'redis']

export async function setup(project: TestProject): Promise<void> {
  await startMySqlBeside()
  const services = {
    mariadb: await find('mariadb'),
    mysql: await find('mysql'),
    postgres: await find('postgres'),
    redis: await find('redis'),
  }
  const missing = Object.entries(services).flatMap(([name, found]) => ('missing' in found ? [{ name, ...found }] : []))
  for (const { name, missing: reason } of missing) process.stdout.write(`Skipping what needs ${name}: ${reason}\n`)
  const fatal = missing.filter(({ name }) => neededInCi.some((needed) => needed === name))
  if (process.env['CI'] === 'true' && fatal.length > 0) {
    throw new Error(
      `Under CI=true these must be there: ${fatal.map(({ name, missing }) => `${name} (${missing})`).join(', ')}`,
    )
  }
  project.provide('services', services)
}

/** Where a script that runs a real MySQL lies beside the project, MySQL joins in. */
async function startMySqlBeside(): Promise<void> {
  const script = fileURLToPath(new URL('../../shared/mysql-server', import.meta.url))
  if (process.env['TEST_MYSQL_URL'] !== undefined || !existsSync(script)) return
  try {
    await promisify(execFile)(script, ['start'], { timeout: 180_000 })
  } catch (error) {
    process.stdout.write(`MySQL did not start: ${error instanceof Error ? error.message : String(error)}\n`)
  }
}

async function find(name: ServiceName): Promise<FoundService> {
  const { variable, url: usual } = usualAddress[name]
  const url = process.env[variable] ?? usual
  const { hostname, port } = new URL(url)
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 2_000 })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })
  return answers ? { url } : { missing: `nothing answers at ${hostname}:${port}; set ${variable} to use another` }
}
