import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { connect } from '../src/database/connect.ts'

const dist = join(import.meta.dirname, '../dist')
const packages = join(import.meta.dirname, '../..')

describe('the process', () => {
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  it.each(['uncaughtException', 'unhandledRejection'])('logs, drains and ends with 1 after an %s', async (kind) => {
    // Loaded beside the program, so that the failure comes from outside of any request.
    const fail = kind === 'uncaughtException' ? 'throw new Error(secret)' : 'Promise.reject(new Error(secret))'
    const saboteur = `const secret = 'canary of the failure'; process.on('SIGUSR2', () => setTimeout(() => { ${fail} }))`
    const cwd = mkdtempSync(join(tmpdir(), 'muster-test-'))
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(saboteur)}`, join(dist, 'main.js')],
      { cwd, env: { PATH: process.env['PATH'] ?? '', PORT: '0', DEMO_DATA: 'off' } },
    )
    children.push(child)
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    await expect.poll(() => said, { timeout: 30_000 }).toContain('serves at')
    const ended = once(child, 'close')
    child.kill('SIGUSR2')
    expect((await ended)[0]).toBe(1)
    expect(said).toContain('stopping: the state is unknown')
    expect(said).not.toContain('canary of the failure')
    expect(readdirSync(join(cwd, 'data')).filter((name) => name.endsWith('-wal'))).toEqual([])
  })

  it('has no way from text to a prototype', () => {
    const first = readFileSync(join(dist, 'main.js'), 'utf8')
      .split('\n')
      .find((line) => line.startsWith('import'))
    expect(first).toBe("import './without-proto.js';")
    const file = pathToFileURL(join(dist, 'without-proto.js')).href
    const probe = `await import(${JSON.stringify(file)}); const it = {}; it['__proto__'] = { polluted: true };
      console.log('__proto__' in Object.prototype, it.polluted, Object.keys(it).join())`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', probe], { encoding: 'utf8' })
    expect(stdout.trim()).toBe('false undefined __proto__')
  })

  it('opens SQLite for its owner only, and trusts no schema', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'muster-test-')), 'new', 'muster.sqlite')
    const { knex } = await connect(`sqlite:${file}`)
    await knex.raw('create table t (x text)')
    for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(path).mode & 0o077).toBe(0)
    expect(await knex.raw('pragma trusted_schema')).toEqual([{ trusted_schema: 0 }])
    expect(await knex.raw('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
    // A name in double quotes that is no column is an error, not a text.
    await expect(knex.raw('select "no such column" from t')).rejects.toThrow(/no such column/)
    await knex.destroy()
  })
})

describe('the sources', () => {
  const sources = readdirSync(packages, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[\w-]+\/src\/.*\.ts$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(packages, path), 'utf8') }))

  it('never make code out of text', () => {
    expect(sources.length).toBeGreaterThan(200)
    const bad = sources.filter(({ text }) => /\beval\(|new Function\(|['"](node:)?vm['"]|setTimeout\(['"`]/.test(text))
    expect(bad.map(({ path }) => path)).toEqual([])
  })

  it('send browsers nowhere that a request names', () => {
    const bad = sources.filter(({ text }) => /redirect\(\s*['"]back|ctx\.(host|hostname|origin|href|back)\b/.test(text))
    expect(bad.map(({ path }) => path)).toEqual([])
  })
})
