import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Environment } from './settings-reader.ts'

const names = ['JWT_SECRET', 'VENDOR_KEY', 'DATA_KEY'] as const

/**
 * Adds the secrets that a development environment does not set: made once and kept, readable by their owner
 * only, beside the database, so that logins survive a restart. In production nothing is added.
 */
export function withDevelopmentSecrets(env: Environment): Environment {
  if (env['NODE_ENV'] === 'production' || names.every((name) => env[name])) return env
  const file = join(dataFolder(env['DATABASE_URL']), 'development-secrets.json')
  const kept = readKept(file)
  const all = Object.fromEntries(names.map((name) => [name, kept[name] ?? randomBytes(32).toString('base64url')]))
  if (names.some((name) => kept[name] === undefined)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 })
  }
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value))
  return { ...all, ...given }
}

function dataFolder(databaseUrl: string | undefined): string {
  const path = databaseUrl?.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : ''
  return path === '' || path === ':memory:' ? 'data' : dirname(path)
}

function readKept(file: string): Readonly<Record<string, string>> {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
    return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'))
  } catch {
    return {}
  }
}
