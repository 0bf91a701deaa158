import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Progress } from '@muster/delivery-core'
import { createSeededRandom } from '@muster/delivery-core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabases } from '../../../../testing/databases.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { addCustomers, openMigrated, workspaceId } from './open-database-store.ts'

const script = fileURLToPath(new URL('./sending-process.mjs', import.meta.url))

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A short life: leases of half a second instead of half a minute, so that what a death leaves behind is soon found. */
const hasty = { leaseMs: 600, callTimeoutMs: 300, retryBaseMs: 20, retryCapMs: 200 }

const restless = {
  seed: 3,
  minLatencyMs: 1,
  maxLatencyMs: 60,
  receiptEveryMs: 5,
  duplicateRate: 0.1,
  earlyRate: 0.2,
  brokenRate: 0.05,
  silentAfterRate: 0.02,
  silenceMs: 400,
}

interface Settings {
  readonly concurrency: number
  readonly ratePerSecond: number
  readonly policy: object
  readonly simulated: object
}

interface Sending {
  readonly process: ChildProcess
  readonly lines: readonly string[]
  /** Resolves when the process said this, or died. */
  said(line: string): Promise<void>
  kill(signal: NodeJS.Signals): Promise<void>
}

function startSending(url: string, settings: Settings): Sending {
  const child = spawn(process.execPath, [script, url, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const heard = createInterface({ input: child.stdout! })
  const exited = once(child, 'exit')
  heard.on('line', (line) => lines.push(line))
  closers.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await exited
  })
  return {
    process: child,
    lines,
    said: async (line) => {
      while (!lines.includes(line)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`The process died before it said ${line}`)
        await Promise.race([once(heard, 'line'), exited])
      }
    },
    kill: async (signal) => {
      child.kill(signal)
      await exited
    },
  }
}

async function launch(database: TestDatabase, people: number) {
  const opened = await openMigrated(database)
  closers.push(opened.close)
  await addCustomers(
    opened.knex,
    'c',
    Array.from({ length: people }, (_, index) => `p${index}@example.com`),
  )
  const runs = createRunStore(opened)
  await opened.knex.transaction((transaction) =>
    runs.launch(transaction, {
      runId: 'run',
      workspaceId,
      campaignId: 'campaign',
      campaignName: 'Spring',
      launchKey: 'campaign',
      template: 'Hi {name}',
      currency: 'USD',
      audience: opened.knex('customers').select({ customer_id: 'id', address: 'email_folded' }),
      nowMs: Date.now(),
      startAtMs: null,
    }),
  )
  const progress = async (): Promise<Progress> => (await runs.progress(workspaceId, ['run'])).get('run')!
  const isSettled = async () => (await runs.find(workspaceId, 'run'))?.state === 'SETTLED'
  return { ...opened, runs, progress, isSettled }
}

/** Real time, because real processes are killed in the middle of what they do; nothing below depends on how long it is. */
function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await after(50)
}

for (const database of testDatabases(['sqlite', 'mariadb'])) {
  describe.skipIf(database.missing)(`processes on ${database.title}`, () => {
    it('lose nobody and write to nobody twice when they are killed again and again', async () => {
      const random = createSeededRandom(database.name === 'sqlite' ? 11 : 12)
      const { url, knex, progress, isSettled } = await launch(database, 400)
      const settings = { concurrency: 8, ratePerSecond: 150, policy: hasty, simulated: restless }
      for (let life = 1; life <= 6; life++) {
        const sending = startSending(url, settings)
        await sending.said('ready')
        await after(30 + random() * 350)
        await sending.kill('SIGKILL')
        expect((await progress()).isBalanced).toBe(true)
      }
      expect(await isSettled()).toBe(false)
      const last = startSending(url, settings)
      await last.said('ended run')
      await eventually(isSettled)
      expect(await progress()).toMatchObject({ audience: 400, accepted: 400, awaitingReceipt: 0, isBalanced: true })
      const effects = await knex('simulated_vendor_messages').select('deliveries', 'requests')
      expect(effects).toHaveLength(400)
      expect(effects.every(({ deliveries }) => deliveries === 1)).toBe(true)
      await last.kill('SIGTERM')
      expect(last.process.exitCode).toBe(0)
    })

    it('share one database without taking a message from each other', async () => {
      const { url, knex, progress, isSettled } = await launch(database, 300)
      const settings = {
        concurrency: 4,
        ratePerSecond: 1_000,
        policy: {},
        simulated: { ...restless, brokenRate: 0, silentAfterRate: 0 },
      }
      const both = [startSending(url, settings), startSending(url, settings)]
      await Promise.all(both.map(({ said }) => said('ready')))
      await eventually(isSettled)
      expect(await progress()).toMatchObject({ accepted: 300, isBalanced: true })
      const attempts = await knex('attempts').count({ n: '*' })
      expect(attempts).toEqual([{ n: 300 }])
      const effects = await knex('simulated_vendor_messages')
        .where('deliveries', 1)
        .where('requests', 1)
        .count({ n: '*' })
      expect(effects).toEqual([{ n: 300 }])
    })

    it('send nothing twice when one of them is stopped for longer than its lease and goes on', async () => {
      const { url, knex, progress, isSettled } = await launch(database, 200)
      const settings = { concurrency: 8, ratePerSecond: 100, policy: hasty, simulated: restless }
      const [sleeper, other] = [startSending(url, settings), startSending(url, settings)]
      await Promise.all([sleeper.said('ready'), other.said('ready')])
      await after(200)
      sleeper.process.kill('SIGSTOP')
      await after(2 * hasty.leaseMs)
      sleeper.process.kill('SIGCONT')
      await eventually(isSettled)
      expect(await progress()).toMatchObject({ accepted: 200, isBalanced: true })
      const effects = await knex('simulated_vendor_messages').select('deliveries')
      expect(effects).toHaveLength(200)
      expect(effects.every(({ deliveries }) => deliveries === 1)).toBe(true)
    })

    it('show as unconfirmed what nobody can know, and resend nothing to a vendor without keys', async () => {
      const { url, knex, progress, isSettled } = await launch(database, 120)
      const careful = { ...hasty, doubt: 'atMostOnce', keyTtlMs: 0, doubtDeadlineMs: 1_500, receiptHorizonMs: 3_000 }
      const simulated = { ...restless, knowsKeys: false, lostRate: 0.3 }
      const settings = { concurrency: 8, ratePerSecond: 150, policy: careful, simulated }
      const first = startSending(url, settings)
      await first.said('ready')
      await after(250)
      await first.kill('SIGKILL')
      const second = startSending(url, settings)
      await second.said('ready')
      await eventually(isSettled)
      const { byDispatch, isBalanced } = await progress()
      expect(isBalanced).toBe(true)
      expect(byDispatch.ACCEPTED + byDispatch.UNCONFIRMED).toBe(120)
      expect(byDispatch.UNCONFIRMED).toBeGreaterThan(0)
      expect(await knex('simulated_vendor_messages').where('deliveries', '>', 1).count({ n: '*' })).toEqual([{ n: 0 }])
    })
  })
}
