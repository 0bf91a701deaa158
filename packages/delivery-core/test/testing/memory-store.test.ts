import { describe, it } from 'vitest'
import { messageStoreContract } from '../../src/testing/message-store-contract.ts'
import { openMemoryStore } from '../../src/testing/open-memory-store.ts'

describe('the store in memory', () => {
  for (const [promise, check] of Object.entries(messageStoreContract)) it(promise, () => check(openMemoryStore))
})
