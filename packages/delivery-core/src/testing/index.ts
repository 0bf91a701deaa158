/** What tests of delivery stand on: a store in memory, a vendor that does as it is told, a clock that stands still. */

// The store in memory

export { emptyRows, type MemoryMessage, type MemoryPerson, type MemoryRows, type MemoryRun } from './memory-rows.ts'
export type { MemoryOperator } from './memory-runs.ts'
export { createMemoryStore, type MemoryStore } from './memory-store.ts'
export { type StoreRules, soundRules } from './store-rules.ts'

// The vendor, the time and chance

export { createManualClock, type ManualClock } from './manual-clock.ts'
export {
  accepted,
  createScriptedVendor,
  lost,
  refused,
  type Scene,
  type ScriptedVendor,
  unreached,
} from './scripted-vendor.ts'
export { createSeededRandom } from './seeded-random.ts'

// What every store promises

export {
  messageStoreContract,
  type OpenStore,
  type SeenMessage,
  type StoreUnderTest,
} from './message-store-contract.ts'
export { openMemoryStore } from './open-memory-store.ts'
