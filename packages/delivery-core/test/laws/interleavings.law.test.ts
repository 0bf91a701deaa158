import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultPolicy } from '../../src/message/policy.ts'
import { createEngine } from '../../src/sending/engine.ts'
import type { MessageStore } from '../../src/sending/message-store.ts'
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

const scenes: readonly Scene[] = [
  accepted('v'),
  accepted(),
  lost(true),
  lost(false),
  refused(500),
  refused(400),
  unreached,
]

/** What an operator does, and after how many of the store's and the vendor's answers. */
const commands = fc.array(
  fc.record({
    what: fc.constantFrom('pause', 'resume', 'suppress', 'fold', 'sweep'),
    who: fc.nat(4),
    after: fc.nat(12),
  }),
  { maxLength: 6 },
)

it('two engines and an operator, in any order of their answers: nobody twice, books that balance, all accounted for', () =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      commands,
      fc.infiniteStream(fc.nat(scenes.length - 1)),
      async (scheduler, wishes, draws) => {
        const clock = createManualClock(Date.UTC(2026, 0, 1), async () => {
          while (scheduler.count() > 0) await scheduler.waitOne()
          await new Promise((resolve) => setImmediate(resolve))
          while (scheduler.count() > 0) {
            await scheduler.waitOne()
            await new Promise((resolve) => setImmediate(resolve))
          }
        })
        const memory = createMemoryStore(clock, defaultPolicy)
        const vendor = createScriptedVendor(() => scenes[draws.next().value as number]!)
        let answers = 0
        let isOperatorAway = false
        const after = new Map(wishes.map((wish) => [wish.after, wish]))
        const operate = async () => {
          const wish = after.get(answers++)
          if (wish === undefined || isOperatorAway) return
          if (wish.what === 'pause' || wish.what === 'resume') memory.operator[wish.what]('run')
          else if (wish.what === 'suppress') memory.operator.suppress(`c${wish.who}`)
          else if (wish.what === 'fold') await memory.receipts.fold(10)
          else await memory.messages.sweep(10)
        }
        /** Every answer waits for its turn, and the scheduler decides whose turn it is. */
        const scheduled =
          <Arguments extends readonly unknown[], Answer>(
            name: string,
            call: (...given: Arguments) => Promise<Answer>,
          ) =>
          async (...given: Arguments): Promise<Answer> => {
            await scheduler.schedule(Promise.resolve(), `${name} arrives`)
            const answer = await call(...given)
            await operate()
            expect(memory.rows.messages.size).toBe(5)
            await scheduler.schedule(Promise.resolve(), `${name} returns`)
            return answer
          }
        const { claim, begin, record, giveBack, sweep } = memory.messages
        const store: MessageStore = {
          claim: scheduled('claim', claim),
          begin: scheduled('begin', begin),
          record: scheduled('record', record),
          giveBack: scheduled('giveBack', giveBack),
          sweep,
        }
        memory.operator.launch({
          runId: 'run',
          people: [0, 1, 2, 3, 4].map((index) => ({ customerId: `c${index}`, address: `${index}@x.example` })),
        })
        const engines = [1, 2].map(() =>
          createEngine({
            store,
            runs: memory.runs,
            vendor: { send: scheduled('answer', vendor.send) },
            habits: { definiteStatuses: [], maxThrottleWaitMs: 1_000 },
            render: ({ customerId }) => ({ ok: true, text: `Hi ${customerId}` }),
            clock,
            random: () => 0.5,
            policy: defaultPolicy,
            limits: { concurrency: 2, rate: null },
            idleMs: 30_000,
          }),
        )
        for (const engine of engines) engine.start()
        await clock.advance(60_000)
        // From here on nobody pauses any more: a run that is paused for good rightly stays unfinished.
        isOperatorAway = true
        memory.operator.resume('run')
        for (let quarter = 0; quarter < 8; quarter++) {
          await clock.advance(15 * 60_000)
          await memory.messages.sweep(100)
        }
        expect([...vendor.effects.values()].every((effects) => effects === 1)).toBe(true)
        expect(
          new Set(
            vendor.requests.map(({ messageId, idempotencyKey, body }) => `${messageId} ${idempotencyKey} ${body}`),
          ).size,
        ).toBeLessThanOrEqual(5)
        for (const { standing, messageId } of memory.rows.messages.values()) {
          const isReached = vendor.effects.has(messageId)
          const ends = isReached
            ? ['ACCEPTED', 'IN_DOUBT']
            : ['ACCEPTED', 'REJECTED', 'EXHAUSTED', 'SUPPRESSED', 'IN_DOUBT']
          expect(ends).toContain(standing.dispatch)
          if (standing.dispatch === 'ACCEPTED') expect(isReached).toBe(true)
        }
      },
    ),
    { numRuns: 60 },
  ))
