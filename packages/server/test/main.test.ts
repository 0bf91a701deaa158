import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { demoLogin } from '../src/demo-data/fill-with-demo.ts'
import { clientOf } from './client.ts'

const main = join(import.meta.dirname, '../dist/main.js')

/** A process of the server, and what it said. */
interface Started {
  readonly child: ChildProcess
  readonly said: () => string
  /** Resolves with the address once the server says it, or with null when it ends first. */
  readonly url: Promise<string | null>
  readonly ended: Promise<number | null>
}

describe('the program', () => {
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  function start(cwd: string, env: Readonly<Record<string, string>> = {}): Started {
    const child = spawn(process.execPath, [main], { cwd, env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env } })
    children.push(child)
    let text = ''
    const url = new Promise<string | null>((resolve) => {
      const hear = (chunk: Buffer) => {
        text += chunk.toString()
        const address = /serves at (\S+)\n/.exec(text)?.[1]
        if (address !== undefined) resolve(address)
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('close', () => resolve(null))
    })
    const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null))
    return { child, said: () => text, url, ended }
  }

  const folder = () => mkdtempSync(join(tmpdir(), 'muster-test-'))

  it('serves from nothing but a folder, says where and with which login, and ends in good order', async () => {
    const cwd = folder()
    const first = start(cwd)
    const url = await first.url
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect(statSync(join(cwd, 'data/muster.sqlite')).mode & 0o777).toBe(0o600)
    await expect
      .poll(first.said, { timeout: 30_000 })
      .toContain(`Demo login: ${demoLogin.email} with the password ${demoLogin.password}`)
    const entered = await clientOf(url ?? '', null).post('/api/auth/login', demoLogin)
    const demo = clientOf(url ?? '', entered.text('data.token'))
    const change = { currentPassword: demoLogin.password, newPassword: 'Changed-42' }
    expect((await demo.post('/api/auth/change-password', change)).status).toBe(200)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)

    const second = start(cwd)
    const again = clientOf((await second.url) ?? '', demo.token)
    expect((await again.get('/api/customers')).at('data.pagination.total')).toBe(5_000)
    second.child.kill('SIGINT')
    expect(await second.ended).toBe(0)
    expect(second.said()).not.toContain('Demo login')
  })

  it('fault 119: finishes what is under way before it ends', async () => {
    const started = start(folder(), { DEMO_DATA: 'off' })
    const anyone = clientOf((await started.url) ?? '', null)
    const person = { email: 'a@people.example', name: 'Ann', password: 'Sesame-42' }
    const token = (await anyone.post('/api/auth/register', person)).text('data.token')
    const customers = Array.from({ length: 2_000 }, (_, index) => ({ email: `c${index}@mail.example`, name: 'C' }))
    const importing = clientOf((await started.url) ?? '', token).post('/api/customers/bulk', { customers })
    await expect.poll(async () => (await anyone.get('/health')).status, { timeout: 30_000 }).toBe(200)
    started.child.kill('SIGTERM')
    expect((await importing).at('data.created')).toBe(2_000)
    expect(await started.ended).toBe(0)
  })

  it('says in a sentence why it cannot start', async () => {
    const first = start(folder(), { DEMO_DATA: 'off' })
    const port = new URL((await first.url) ?? '').port
    const second = start(folder(), { DEMO_DATA: 'off', PORT: port, LOG_LEVEL: 'silent' })
    expect(await second.ended).toBe(1)
    expect(second.said()).toMatch(/^Muster cannot start: listen EADDRINUSE/)
    const third = start(folder(), { DATABASE_URL: 'mysql://nobody:topsecret@127.0.0.1:1/none', LOG_LEVEL: 'silent' })
    expect(await third.ended).toBe(1)
    expect(third.said()).toMatch(/^Muster cannot start: connect ECONNREFUSED/)
    expect(third.said()).not.toContain('topsecret')
  })
})
