import { describe, expect, it } from 'vitest'
import { type DeliveryPolicy, defaultPolicy } from '../../src/message/policy.ts'
import { createEngine } from '../../src/sending/engine.ts'
import type { EngineEvent } from '../../src/sending/engine-parts.ts'
import type { MessageStore } from '../../src/sending/message-store.ts'
import type { OutgoingMessage } from '../../src/sending/vendor.ts'
import { createManualClock } from '../../src/testing/manual-clock.ts'
import { createMemoryStore } from '../../src/testing/memory-store.ts'
import {
  accepted,
  createScriptedVendor,
  lost,
  refused,
  type Scene,
  unreached,
} from '../../src/testing/scripted-vendor.ts'
import { createSeededRandom } from '../../src/testing/seeded-random.ts'

interface Setting {
  readonly script?: (message: OutgoingMessage, signal: AbortSignal) => Scene | Promise<Scene>
  readonly policy?: Partial<DeliveryPolicy>
  readonly concurrency?: number
  readonly faulty?: (store: MessageStore) => MessageStore
  readonly render?: () => { ok: true; text: string } | { ok: false; reason: string }
}

function setUp(people: number, setting: Setting = {}) {
  const clock = createManualClock(Date.UTC(2026, 0, 1))
  const policy = { ...defaultPolicy, ...setting.policy }
  const memory = createMemoryStore(clock, policy)
  const vendor = createScriptedVendor(setting.script ?? (() => accepted()))
  const events: EngineEvent[] = []
  const engine = createEngine({
    store: (setting.faulty ?? ((store) => store))(memory.messages),
    runs: memory.runs,
    vendor,
    habits: { definiteStatuses: [], maxThrottleWaitMs: policy.maxThrottleWaitMs },
    render: setting.render ?? (() => ({ ok: true, text: 'Hello' })),
    clock,
    random: createSeededRandom(1),
    policy,
    limits: { concurrency: setting.concurrency ?? 4, rate: null },
    idleMs: 1_000,
    tell: (event) => events.push(event),
  })
  const everybody = Array.from({ length: people }, (_, index) => ({
    customerId: `c${index}`,
    address: `c${index}@example.com`,
  }))
  memory.operator.launch({ runId: 'run', people: everybody })
  const count = () => {
    const counts: Record<string, number> = {}
    for (const { standing } of memory.rows.messages.values())
      counts[standing.dispatch] = (counts[standing.dispatch] ?? 0) + 1
    return counts
  }
  return { clock, memory, vendor, engine, events, count, policy }
}

function promised<Value>() {
  let resolve: (value: Value) => void = () => {}
  const promise = new Promise<Value>((fulfil) => {
    resolve = fulfil
  })
  return { promise, resolve }
}

describe('the engine', () => {
  it('sends each message once, with no more calls at once than allowed', async () => {
    const { engine, clock, vendor, count } = setUp(50)
    engine.start()
    await clock.advance(5_000)
    expect(count()).toEqual({ ACCEPTED: 50 })
    expect([...vendor.effects.values()].every((effects) => effects === 1)).toBe(true)
    expect(vendor.requests).toHaveLength(50)
    expect(vendor.mostInFlight()).toBeLessThanOrEqual(4)
    await engine.stop()
  })

  it('takes a lost answer for a doubt, and resends it under the same key until it is known', async () => {
    let calls = 0
    const { engine, clock, vendor, count } = setUp(1, { script: () => (++calls <= 2 ? lost(calls === 1) : accepted()) })
    engine.start()
    await clock.advance(60_000)
    expect(count()).toEqual({ ACCEPTED: 1 })
    expect(new Set(vendor.requests.map(({ idempotencyKey, body }) => `${idempotencyKey} ${body}`)).size).toBe(1)
    expect([...vendor.effects.values()]).toEqual([1])
    await engine.stop()
  })

  it('doubts a call that ran into its deadline, and frees its place', async () => {
    const { engine, clock, count, policy } = setUp(2, {
      concurrency: 1,
      script: ({ customerId }) => (customerId === 'c0' ? new Promise<Scene>(() => {}) : accepted()),
      policy: { doubt: 'atMostOnce' },
    })
    engine.start()
    await clock.advance(policy.callTimeoutMs + 2_000)
    expect(count()).toEqual({ IN_DOUBT: 1, ACCEPTED: 1 })
    await engine.stop()
  })

  it('leaves the account alone for as long as the vendor asks', async () => {
    let calls = 0
    const { engine, clock, vendor, count } = setUp(10, {
      concurrency: 1,
      script: () => (++calls === 1 ? refused(429, '30') : accepted()),
    })
    engine.start()
    await clock.advance(29_000)
    expect(vendor.requests).toHaveLength(1)
    await clock.advance(40_000)
    expect(count()).toEqual({ ACCEPTED: 10 })
    await engine.stop()
  })

  it('stops the run when the vendor refuses our key, and burns nobody', async () => {
    const { engine, clock, memory, vendor, count } = setUp(30, { script: () => refused(401) })
    engine.start()
    await clock.advance(60_000)
    expect(memory.rows.runs.get('run')).toMatchObject({ state: 'PAUSED', pauseReason: 'vendor_auth' })
    expect(vendor.requests.length).toBeLessThanOrEqual(8)
    const { PENDING = 0, RETRY_WAIT = 0 } = count()
    expect(PENDING + RETRY_WAIT).toBe(30)
    expect(RETRY_WAIT).toBeLessThanOrEqual(12)
    await engine.stop()
  })

  it('stops a run in which too much goes wrong', async () => {
    const { engine, clock, memory, count } = setUp(400, { script: () => refused(400) })
    engine.start()
    await clock.advance(60_000)
    expect(memory.rows.runs.get('run')).toMatchObject({ state: 'PAUSED', pauseReason: 'too_many_failures' })
    expect(count()['REJECTED']).toBeLessThan(220)
    await engine.stop()
  })

  it('does not burn a list on a vendor that cannot be reached', async () => {
    let isUp = false
    const { engine, clock, vendor, count } = setUp(100, { script: () => (isUp ? accepted() : unreached) })
    engine.start()
    await clock.advance(10 * 60_000)
    expect(count()['EXHAUSTED'] ?? 0).toBeLessThanOrEqual(8)
    expect(vendor.requests.length).toBeLessThan(100)
    isUp = true
    await clock.advance(10 * 60_000)
    expect((count()['ACCEPTED'] ?? 0) + (count()['EXHAUSTED'] ?? 0)).toBe(100)
    await engine.stop()
  })

  it('sends nothing whose text cannot be made', async () => {
    const { engine, clock, vendor, count } = setUp(3, { render: () => ({ ok: false, reason: 'no name' }) })
    engine.start()
    await clock.advance(5_000)
    expect(count()).toEqual({ RENDER_FAILED: 3 })
    expect(vendor.requests).toHaveLength(0)
    await engine.stop()
  })

  it('keeps a fact while the store is away, and claims nothing meanwhile', async () => {
    let isAway = true
    const { engine, clock, vendor, count, events } = setUp(40, {
      faulty: (store) => ({
        ...store,
        record: async (facts) => {
          if (isAway) throw new Error('the database is away')
          await store.record(facts)
        },
      }),
    })
    engine.start()
    await clock.advance(20_000)
    const sentMeanwhile = vendor.requests.length
    expect(sentMeanwhile).toBeLessThanOrEqual(16)
    expect(events.some(({ kind }) => kind === 'record-failed')).toBe(true)
    isAway = false
    await clock.advance(60_000)
    expect(count()).toEqual({ ACCEPTED: 40 })
    expect([...vendor.effects.values()].every((effects) => effects === 1)).toBe(true)
    await engine.stop()
  })

  it('sends nothing when it cannot know whether the intent was written down', async () => {
    let intents = 0
    const { engine, clock, vendor, count } = setUp(4, {
      faulty: (store) => ({
        ...store,
        begin: async (wishes, leaseMs) => {
          const outcomes = await store.begin(wishes, leaseMs)
          if (++intents === 1) throw new Error('the connection broke after the commit')
          return outcomes
        },
      }),
    })
    engine.start()
    await clock.advance(0)
    expect(vendor.requests).toHaveLength(0)
    await clock.advance(30_000)
    expect(count()).toEqual({ ACCEPTED: 4 })
    expect(vendor.requests).toHaveLength(4)
    await engine.stop()
  })

  it('stops by giving back what was not sent and waiting for what was', async () => {
    const answer = promised<Scene>()
    const { engine, clock, vendor, count } = setUp(20, { concurrency: 2, script: () => answer.promise })
    engine.start()
    await clock.advance(100)
    const stopped = engine.stop()
    await clock.advance(100)
    answer.resolve(accepted())
    await clock.advance(100)
    await stopped
    expect(count()).toEqual({ ACCEPTED: 2, PENDING: 18 })
    expect(vendor.requests).toHaveLength(2)
  })

  it('sends nothing after a pause but what was already permitted', async () => {
    const answers: ReturnType<typeof promised<Scene>>[] = []
    const { engine, clock, vendor, memory } = setUp(20, {
      concurrency: 1,
      script: () => {
        const answer = promised<Scene>()
        answers.push(answer)
        return answer.promise
      },
    })
    engine.start()
    await clock.advance(100)
    memory.operator.pause('run')
    for (let index = 0; index < 20; index++) {
      answers[index]?.resolve(accepted())
      await clock.advance(1_000)
    }
    expect(vendor.requests.length).toBeLessThanOrEqual(2)
    await engine.stop()
  })
})
