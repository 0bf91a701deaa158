import { createMemoryStore } from './memory-store.ts'
import type { OpenStore } from './message-store-contract.ts'

/** The store in memory, as the contract wants to see it. */
export const openMemoryStore: OpenStore = async (policy) => {
  let nowMs = Date.UTC(2026, 0, 1)
  let runs = 0
  const { messages, receipts, runs: book, operator, rows } = createMemoryStore({ nowMs: () => nowMs }, policy)
  return {
    messages,
    receipts,
    runs: book,
    nowMs: () => nowMs,
    passTime: (byMs) => {
      nowMs += byMs
    },
    launch: async (people, { account = 'default', startInMs = 0, closesInMs, sameAs } = {}) => {
      const runId = `run-${++runs}`
      const addresses =
        typeof people === 'number' ? Array.from({ length: people }, (_, index) => `p${index}@example.com`) : people
      const everybody = addresses.map((address, index) => ({ customerId: `${sameAs ?? runId}-c${index}`, address }))
      const closesAtMs = closesInMs === undefined ? null : nowMs + closesInMs
      operator.launch({ runId, people: everybody, account, startAtMs: nowMs + startInMs, closesAtMs })
      return runId
    },
    pause: async (runId) => operator.pause(runId),
    resume: async (runId) => operator.resume(runId),
    cancel: async (runId) => operator.cancel(runId),
    suppress: async (customerId) => operator.suppress(customerId),
    limitMessages: async (messages, days) => operator.limitMessages({ messages, windowMs: days * 24 * 3_600_000 }),
    keepQuiet: async (minutes) => {
      const untilMs = nowMs + minutes * 60_000
      operator.keepQuiet((atMs) => (atMs < untilMs ? untilMs : null))
    },
    look: async (runId) =>
      [...rows.messages.values()]
        .filter((message) => message.runId === runId)
        .map(({ messageId, standing, delivery, body }) => ({
          messageId,
          dispatch: standing.dispatch,
          delivery: delivery.status,
          token: standing.token,
          attempts: standing.attempts,
          failureCode: standing.failureCode,
          body,
        })),
    runState: async (runId) => {
      const { state, pauseReason, audience } = rows.runs.get(runId)!
      return { state, reason: pauseReason, audience }
    },
    close: async () => {},
  }
}
