import type { VendorAnswer } from '../../src/message/vendor-answer.ts'
import { createInbox, type Inbox } from '../../src/receiving/inbox.ts'
import type { RawReceipt } from '../../src/receiving/receipt-store.ts'
import { createReconciler } from '../../src/receiving/reconciler.ts'
import { createEngine } from '../../src/sending/engine.ts'
import { createKeeper } from '../../src/sending/keeper.ts'
import type { AttemptFact, Intent, MessageStore } from '../../src/sending/message-store.ts'
import type { OutgoingMessage, Vendor } from '../../src/sending/vendor.ts'
import { createManualClock, type ManualClock } from '../../src/testing/manual-clock.ts'
import type { MemoryMessage } from '../../src/testing/memory-rows.ts'
import { createMemoryStore, type MemoryStore } from '../../src/testing/memory-store.ts'
import { createSeededRandom } from '../../src/testing/seeded-random.ts'
import type { Clock, Random } from '../../src/time/clock.ts'
import { createWatch, demand, Violation, watchEnd } from './invariants.ts'
import { type Mistake, rulesWith } from './mistakes.ts'
import { createPace, soundPace } from './pace.ts'
import { drawPlan, type Plan } from './plan.ts'

/** How a seed went. The same seed has the same hash, whatever else the machine does. */
export interface Outcome {
  readonly seed: number
  readonly hash: number
  readonly steps: number
  /** The promise that was broken, or null. */
  readonly violation: string | null
}

/** Longer than any deadline of any plan: whatever has not come to rest by then never will. */
const patienceMs = 4 * 3_600_000

/** Lets one seed happen: the production engine on a virtual clock, with everything around it failing as planned. */
export async function simulate(seed: number, mistake: Mistake = {}): Promise<Outcome> {
  const world = createWorld(seed, mistake)
  try {
    await world.passTime(world.plan.troubleMs)
    world.calmDown()
    await world.passUntilRest(patienceMs)
    world.checkEnd()
    await world.repeatReceipts()
    return { seed, hash: world.hash(), steps: world.steps(), violation: null }
  } catch (error) {
    if (!(error instanceof Violation)) throw error
    return { seed, hash: world.hash(), steps: world.steps(), violation: error.message }
  } finally {
    world.end()
  }
}

/**
 * Lets promises go as far as they can: a tick that is asked for by one of them comes when no other can go on. A tenth of
 * what a turn of the event loop costs.
 */
function drained(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve)
  })
}

interface Process {
  readonly inbox: Inbox
  isAlive: boolean
  frozenUntilMs: number
}

function createWorld(seed: number, mistake: Mistake) {
  const random = createSeededRandom(seed)
  const plan = drawPlan(random)
  const clock = createManualClock(Date.UTC(2026, 0, 1), drained)
  const memory = createMemoryStore(clock, plan.policy, undefined, rulesWith(mistake))
  const trace = createTrace()
  const watch = createWatch(memory.rows, plan.policy)
  const doom = { isOver: false, isCalm: false, broken: null as Violation | null }
  const chance = (rate: number) => !doom.isCalm && random() < rate
  const processes: Process[] = []
  /** Receipts that were answered with a success: from then on they must not be lost. */
  const taken = new Set<RawReceipt>()
  const pace = plan.paceMs === null ? null : createPace(plan.paceMs, clock, { ...soundPace, ...mistake.pace })
  const vendor = createVendor({ plan, clock, random, chance, memory, trace, doom, pace, deliver })
  let steps = 0

  /** A vendor tries again as long as nobody takes the receipt. */
  function deliver(receipt: RawReceipt, inMs: number): void {
    clock.after(inMs, () => {
      const open = processes.filter((process) => process.isAlive)
      const taker = open[Math.floor(random() * open.length)]
      if (taker === undefined) return deliver(receipt, 5_000)
      taker.inbox.put(receipt).then(
        () => taken.add(receipt),
        () => deliver(receipt, 5_000),
      )
      // A process that dies while it writes never answers: the vendor then sends the receipt again.
      clock.after(30_000, () => {
        if (!taker.isAlive && !doom.isOver) deliver(receipt, 0)
      })
    })
  }
  const start = () => {
    const process = startProcess({ plan, clock, random, chance, memory, vendor, trace, doom, pace, mistake })
    processes.push(process)
    return process
  }
  launchAll(memory, plan, clock.nowMs())
  for (let worker = 0; worker < plan.workers; worker++) start()
  planTrouble({ plan, clock, random, doom, processes, start, memory, trace })

  const step = async (untilMs: number): Promise<boolean> => {
    const nextAtMs = clock.nextAtMs()
    if (nextAtMs === null || nextAtMs > untilMs) return false
    await clock.advance(Math.max(0, nextAtMs - clock.nowMs()))
    steps++
    if (doom.broken !== null) throw doom.broken
    watch()
    return true
  }
  const isAtRest = () => {
    const states = [...memory.rows.runs.values()].map(({ state }) => state)
    return (
      states.every((state) => state !== 'RUNNING' && state !== 'PAUSED') &&
      vendor.owed() === 0 &&
      memory.rows.inbox.length === 0 &&
      [...memory.rows.messages.values()].every(
        ({ standing }) => !['PENDING', 'LEASED', 'SENDING', 'RETRY_WAIT', 'IN_DOUBT'].includes(standing.dispatch),
      )
    )
  }
  return {
    plan,
    hash: trace.hash,
    steps: () => steps,
    passTime: async (forMs: number) => {
      const untilMs = clock.nowMs() + forMs
      await clock.advance(0)
      while (await step(untilMs));
    },
    calmDown: () => {
      doom.isCalm = true
      for (const process of processes) process.isAlive = false
      start()
      const resume = () => {
        for (const runId of memory.rows.runs.keys()) memory.operator.resume(runId)
        if (!doom.isOver) clock.after(20_000, resume)
      }
      resume()
    },
    passUntilRest: async (patience: number) => {
      const untilMs = clock.nowMs() + patience
      while (!isAtRest())
        demand(
          await step(untilMs),
          `L1 the run ends (${[...memory.rows.runs.values()].map(({ state }) => state).join()})`,
        )
      // Whatever lies in quarantine gets its turn, and whatever comes late by then.
      do {
        const settledMs = clock.nowMs() + 40_000
        while (await step(settledMs));
      } while (!isAtRest())
    },
    checkEnd: () => watchEnd(memory.rows, vendor.effects, taken),
    repeatReceipts: async () => {
      const before = JSON.stringify([...memory.rows.messages.values()])
      await memory.receipts.append([...memory.rows.receipts.values()].map(({ raw }) => raw))
      await memory.receipts.fold(10_000)
      demand(JSON.stringify([...memory.rows.messages.values()]) === before, 'S9 repeated receipts change nothing')
    },
    end: () => {
      doom.isOver = true
      for (const process of processes) process.isAlive = false
    },
  }
}

/** One run or two to the same people, and how anybody is written to. A second launch of the same run is one too many. */
function launchAll({ operator }: MemoryStore, plan: Plan, nowMs: number): void {
  const { hasSecondRun, capWindowMs, quietMs, closesInMs } = plan.manners
  const people = peopleOf(plan)
  operator.launch({ runId: 'run', people, closesAtMs: closesInMs === null ? null : nowMs + closesInMs })
  operator.launch({ runId: 'run', people: [] })
  if (hasSecondRun) operator.launch({ runId: 'more', people })
  if (capWindowMs !== null) operator.limitMessages({ messages: 1, windowMs: capWindowMs })
  operator.keepQuiet((atMs) => (atMs % 60_000 < quietMs ? atMs - (atMs % 60_000) + quietMs : null))
}

function peopleOf({ people }: Plan) {
  return Array.from({ length: people }, (_, index) => ({ customerId: `c${index}`, address: `c${index}@example.com` }))
}

interface Doom {
  isOver: boolean
  isCalm: boolean
  broken: Violation | null
}

interface Surroundings {
  readonly plan: Plan
  readonly clock: ManualClock
  readonly random: Random
  readonly chance: (rate: number) => boolean
  readonly memory: MemoryStore
  readonly trace: ReturnType<typeof createTrace>
  readonly doom: Doom
  readonly pace: ReturnType<typeof createPace> | null
}

/** One worker process: the production parts, behind ports through which its death and its faults come. */
function startProcess(surroundings: Surroundings & { readonly vendor: Vendor; readonly mistake: Mistake }): Process {
  const { plan, clock, random, chance, memory, trace, doom, mistake } = surroundings
  const self: Process = {
    inbox: { put: () => Promise.resolve(), isFull: () => false },
    isAlive: true,
    frozenUntilMs: 0,
  }
  const mine: Clock = {
    nowMs: () => clock.nowMs() + plan.skewMs,
    after: (delayMs, callback) => {
      const ring = () => {
        if (!self.isAlive) return
        if (self.frozenUntilMs > clock.nowMs()) cancel = clock.after(self.frozenUntilMs - clock.nowMs(), ring)
        else callback()
      }
      let cancel = clock.after(delayMs, ring)
      return () => cancel()
    },
  }
  /** A call that leaves the process: it may fail before or after its effect, take long, or find nobody to answer to. */
  const out = async <Answer>(
    name: string,
    rates: Plan['store'] | null,
    call: () => Promise<Answer>,
  ): Promise<Answer> => {
    if (!self.isAlive) return never()
    if (rates !== null && chance(rates.slow)) await wait(clock, random() * 3_000)
    if (rates !== null && chance(rates.failBefore)) return answer(Promise.reject(new Error('the store is away')))
    const result = await call().catch((error: unknown) => {
      if (error instanceof Violation) doom.broken = error
      throw error
    })
    trace.note(name)
    if (rates !== null && chance(rates.failAfter)) return answer(Promise.reject(new Error('the answer was lost')))
    return answer(Promise.resolve(result))
  }
  /** Answers reach only the living, and the frozen when they thaw. */
  const answer = async <Answer>(result: Promise<Answer>): Promise<Answer> => {
    result.catch(() => {})
    while (self.isAlive && self.frozenUntilMs > clock.nowMs()) await wait(clock, self.frozenUntilMs - clock.nowMs())
    return self.isAlive ? result : never()
  }
  const store: MessageStore = {
    claim: (request) => out('claim', plan.store, () => memory.messages.claim(request)),
    begin: (intents, leaseMs) => out('begin', plan.store, () => beginWatched(surroundings, intents, leaseMs)),
    record: (facts) => out('record', plan.store, () => recordWatched(surroundings, facts)),
    giveBack: (returns) => out('giveBack', plan.store, () => memory.messages.giveBack(returns)),
    sweep: (limit) => out('sweep', plan.store, () => memory.messages.sweep(limit)),
  }
  const receipts = {
    append: (all: readonly RawReceipt[]) => out('append', plan.store, () => memory.receipts.append(all)),
    fold: (limit: number) => out('fold', plan.store, () => memory.receipts.fold(limit)),
    drain: (limit: number) => out('drain', plan.store, () => memory.receipts.drain(limit)),
  }
  const runs = {
    pause: (runId: string, reason: Parameters<typeof memory.runs.pause>[1]) =>
      out('pause', plan.store, () => memory.runs.pause(runId, reason)),
    changes: () => out('changes', plan.store, () => memory.runs.changes()),
    told: (change: Parameters<typeof memory.runs.told>[0]) => out('told', plan.store, () => memory.runs.told(change)),
  }
  const vendor: Vendor = {
    send: (message, signal) =>
      out('answer', null, () => surroundings.vendor.send(message, signal)).then(mistake.misread ?? ((heard) => heard)),
  }
  const shared = surroundings.pace?.planFor(plan.skewMs)
  const starts = shared && {
    plan: (account: string, wanted: number) => out('plan', plan.store, () => shared.plan(account, wanted)),
  }
  const engine = createEngine({
    store,
    runs,
    vendor,
    habits: { definiteStatuses: mistake.definiteStatuses ?? [], maxThrottleWaitMs: plan.policy.maxThrottleWaitMs },
    render: ({ customerId }) => ({ ok: true, text: `Hi ${customerId} ${random()}` }),
    clock: mine,
    random,
    policy: plan.policy,
    limits: { concurrency: plan.concurrency, rate: null },
    ...(starts === undefined ? {} : { plan: starts }),
    idleMs: 5_000,
  })
  const reconciler = createReconciler(receipts, mine, () => {}, 5_000)
  engine.start()
  reconciler.start()
  createKeeper({ store, runs, clock: mine, everyMs: 5_000, onRunChanged: async () => {} }, () => {}).start()
  return Object.assign(self, { inbox: createInbox(receipts, mine, reconciler.wake) })
}

/** What must hold at the instant at which an intent commits. */
async function beginWatched({ memory, plan, clock }: Surroundings, intents: readonly Intent[], leaseMs: number) {
  const { rows } = memory
  const before = new Map(intents.map(({ messageId }) => [messageId, rows.messages.get(messageId)?.standing]))
  const outcomes = await memory.messages.begin(intents, leaseMs)
  for (const [index, { messageId, kind }] of outcomes.entries()) {
    if (kind !== 'permitted') continue
    const message = rows.messages.get(messageId)!
    const run = rows.runs.get(message.runId)!
    demand(run.state === 'RUNNING', 'S13 nothing is permitted after a pause or a cancel')
    demand(run.epoch === intents[index]!.epoch, 'S13 nothing is permitted across a pause')
    demand(before.get(messageId)?.token === intents[index]!.token, 'S6 nothing is permitted under a stale token')
    demand(!rows.objections.has(message.customerId), 'S17 nothing is permitted after an opt-out')
    demand((run.closesAtMs ?? Number.POSITIVE_INFINITY) > clock.nowMs(), 'S17 nothing is permitted after the window')
    demand(rows.manners.quietUntilMs(clock.nowMs()) === null, 'S17 nothing is permitted in quiet hours')
    if (before.get(messageId)?.dispatch !== 'IN_DOUBT') demandCap(memory, message, clock.nowMs())
    demand(
      (rows.closedUntilMs.get(run.account) ?? 0) <= clock.nowMs(),
      'S15 nothing is permitted while the vendor wants to be left alone',
    )
    const reached = message.attempts.filter(({ result }) => result !== 'notsent' && result !== 'withheld')
    const ageMs = clock.nowMs() - Math.min(...reached.map(({ startedAtMs }) => startedAtMs))
    if (plan.policy.keyTtlMs > 0)
      demand(ageMs < plan.policy.keyTtlMs - plan.policy.keyMarginMs, 'S21 no attempt under a key that is too old')
  }
  return outcomes
}

/** Nobody is written to who may have had as many messages lately as anyone is to get. */
function demandCap({ rows }: MemoryStore, { messageId, customerId }: MemoryMessage, nowMs: number): void {
  const { cap } = rows.manners
  if (cap === null) return
  const others = [...rows.messages.values()].filter(
    ({ messageId: id, customerId: who, standing, attempts, delivery }) =>
      id !== messageId &&
      who === customerId &&
      attempts.some(({ startedAtMs }) => startedAtMs > nowMs - cap.windowMs) &&
      !['PENDING', 'LEASED', 'RETRY_WAIT', 'REJECTED', 'EXHAUSTED', 'SUPPRESSED', 'CANCELLED', 'EXPIRED'].includes(
        standing.dispatch,
      ) &&
      delivery.status !== 'failed' &&
      delivery.status !== 'bounced',
  )
  demand(others.length < cap.messages, 'S17 nothing is permitted beyond the frequency cap')
}

/** What must hold at the instant at which a fact is written down. */
async function recordWatched({ memory }: Surroundings, facts: readonly AttemptFact[]): Promise<void> {
  await memory.messages.record(facts)
  for (const { messageId, token, result } of facts) {
    const message = memory.rows.messages.get(messageId)
    const isKnown = message?.attempts.some((attempt) => attempt.token === token) ?? false
    if (result === 'accepted' && isKnown)
      demand(message?.standing.dispatch === 'ACCEPTED', 'S6b an acceptance is never dropped')
  }
}

/** A vendor with a will of its own, and what it did to people. */
function createVendor(surroundings: Surroundings & { readonly deliver: (receipt: RawReceipt, inMs: number) => void }) {
  const { plan, clock, random, chance, memory, trace, doom, pace } = surroundings
  const effects = new Map<string, number>()
  const keys = new Map<string, { readonly body: string; readonly sinceMs: number; readonly vendorMessageId: string }>()
  let lastId = 0
  let owed = 0
  const deliver = (receipt: RawReceipt, inMs: number) => {
    owed++
    clock.after(inMs, () => {
      owed--
    })
    surroundings.deliver(receipt, inMs)
  }
  const tellOf = ({ messageId }: OutgoingMessage, vendorMessageId: string) => {
    const { receipts } = plan
    if (chance(receipts.lost)) return
    const inMs = chance(receipts.early) ? 0 : 500 + random() * 2_000 + (chance(receipts.late) ? 40_000 : 0)
    const isByVendorId = chance(receipts.byVendorId)
    const isGood = random() < 0.8
    const say = (status: string, receiptId: string): RawReceipt => ({
      account: 'default',
      receiptId,
      messageId: isByVendorId ? null : messageId,
      vendorMessageId,
      status,
      occurredAtMs: clock.nowMs(),
      reason: null,
    })
    const first = say(isGood ? 'DELIVERED' : 'FAILED', `${vendorMessageId}-a`)
    deliver(first, inMs)
    if (chance(0.3)) deliver(say('SENT', `${vendorMessageId}-s`), random() * 5_000)
    if (chance(receipts.twice)) deliver(first, inMs + random() * 5_000)
    if (chance(receipts.contradictory))
      deliver(say(isGood ? 'BOUNCED' : 'DELIVERED', `${vendorMessageId}-b`), random() * 5_000)
  }
  const affect = (message: OutgoingMessage): string => {
    const vendorMessageId = `v${++lastId}`
    effects.set(message.messageId, (effects.get(message.messageId) ?? 0) + 1)
    if (effects.get(message.messageId)! > 1) doom.broken ??= new Violation('S3 nobody gets a message twice')
    keys.set(message.idempotencyKey, { body: message.body, sinceMs: clock.nowMs(), vendorMessageId })
    tellOf(message, vendorMessageId)
    return vendorMessageId
  }
  const recall = ({ idempotencyKey, body }: OutgoingMessage) => {
    const known = keys.get(idempotencyKey)
    if (known === undefined || clock.nowMs() - known.sinceMs > plan.policy.keyTtlMs) return null
    if (known.body !== body) doom.broken ??= new Violation('S5 one key has one text')
    return known.vendorMessageId
  }
  const attend = async (message: OutgoingMessage): Promise<VendorAnswer> => {
    const { vendor } = plan
    watched(doom, () => demandAttempt(memory, message))
    watched(doom, () => pace?.noteStart())
    trace.note(`request ${message.idempotencyKey}`)
    await wait(clock, chance(vendor.slow) ? random() * 25_000 : random() * 500)
    const known = recall(message)
    if (known !== null) return answered(200, { vendorMessageId: known })
    if (chance(vendor.unreached)) return { kind: 'not-reached', detail: 'refused' }
    if (chance(vendor.throttled)) return answered(429, { retryAfter: random() < 0.1 ? '600' : '3' })
    if (chance(vendor.refused)) return answered(400)
    if (chance(vendor.forbidden)) return answered(401)
    if (chance(vendor.broken)) {
      if (random() < 0.5) affect(message)
      return answered(500)
    }
    if (chance(vendor.lost)) {
      if (random() < 0.6) affect(message)
      return { kind: 'lost', detail: 'reset' }
    }
    const vendorMessageId = affect(message)
    if (chance(vendor.hanging)) return never()
    return answered(200, { vendorMessageId: random() < 0.9 ? vendorMessageId : null })
  }
  return { effects, owed: () => owed, send: (message: OutgoingMessage, _signal: AbortSignal) => attend(message) }
}

/** What a vendor sees is looked at while nobody waits for the answer. */
function watched(doom: Doom, look: () => void): void {
  try {
    look()
  } catch (error) {
    if (!(error instanceof Violation)) throw error
    doom.broken ??= error
  }
}

/** Whatever the vendor sees was written down before, word for word. */
function demandAttempt({ rows }: MemoryStore, { messageId, idempotencyKey, body }: OutgoingMessage): void {
  const attempts = rows.messages.get(messageId)?.attempts ?? []
  const isWritten = attempts.some((attempt) => attempt.key === idempotencyKey && attempt.body === body)
  demand(isWritten, 'S4 every request was written down before')
}

/** Deaths, freezes and operators, spread over the time of trouble. */
function planTrouble({
  plan,
  clock,
  random,
  doom,
  processes,
  start,
  memory,
  trace,
}: Pick<Surroundings, 'plan' | 'clock' | 'random' | 'doom' | 'memory' | 'trace'> & {
  readonly processes: Process[]
  readonly start: () => Process
}): void {
  const often = (perMinute: number, event: () => void) => {
    if (perMinute === 0) return
    const next = () =>
      clock.after(-Math.log(1 - random()) * (60_000 / perMinute), () => {
        if (doom.isCalm) return
        event()
        next()
      })
    next()
  }
  const anyProcess = () => {
    const alive = processes.filter(({ isAlive }) => isAlive)
    return alive[Math.floor(random() * alive.length)]
  }
  often(plan.crashes, () => {
    const victim = anyProcess()
    if (victim === undefined) return
    victim.isAlive = false
    trace.note('crash')
    clock.after(random() * 10_000, () => {
      if (!doom.isCalm) start()
    })
  })
  often(plan.freezes, () => {
    const victim = anyProcess()
    if (victim !== undefined) victim.frozenUntilMs = clock.nowMs() + random() * 3 * plan.policy.leaseMs
    trace.note('freeze')
  })
  often(plan.operator, () => {
    const what = random()
    trace.note(`operator ${what}`)
    const runId = random() < 0.5 && memory.rows.runs.has('more') ? 'more' : 'run'
    if (what < 0.35) memory.operator.pause(runId)
    else if (what < 0.8) memory.operator.resume(runId)
    else if (what < 0.97) memory.operator.suppress(`c${Math.floor(random() * plan.people)}`)
    else memory.operator.cancel(runId)
  })
}

function answered(
  status: number,
  extra: { retryAfter?: string | null; vendorMessageId?: string | null } = {},
): VendorAnswer {
  return { kind: 'response', status, retryAfter: null, vendorMessageId: null, isRefusal: false, detail: '', ...extra }
}

function wait(clock: Clock, forMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(forMs, resolve)
  })
}

function never<Answer>(): Promise<Answer> {
  return new Promise(() => {})
}

/** A number that stands for everything that happened, in order (FNV-1a). */
function createTrace() {
  let hash = 0x811c9dc5
  return {
    hash: () => hash >>> 0,
    note: (event: string) => {
      for (let index = 0; index < event.length; index++) hash = Math.imul(hash ^ event.charCodeAt(index), 0x01000193)
    },
  }
}
