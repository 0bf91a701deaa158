import type { DeliveryPolicy, MessageStore, Rate } from '@muster/delivery-core'
import type { Database } from '../database/connect.ts'
import { claimMessages } from './claim-messages.ts'
import { permitMessages } from './permit-messages.ts'
import { recordFacts } from './record-facts.ts'
import { returnMessages } from './return-messages.ts'
import { sweepMessages } from './sweep-messages.ts'
import { databaseInstant, type Instant, inWriting } from './writing.ts'

/**
 * The durable truth about messages, in SQL. Each call is one transaction: on MySQL and MariaDB under READ COMMITTED
 * with SKIP LOCKED for claims, on SQLite with the write lock taken first. Leases and due times are compared by the
 * database's clock unless a test hands in another. `usualRates` hold for accounts for which nobody set others.
 */
export function createMessageStore(
  database: Database,
  policy: DeliveryPolicy,
  instant: Instant = databaseInstant(database),
  usualRates: readonly Rate[] = [],
): MessageStore {
  return {
    claim: (request) =>
      inWriting(database, instant, (writing) => claimMessages(database, writing, request, policy, usualRates)),
    begin: (intents, leaseMs) =>
      inWriting(database, instant, (writing) => permitMessages(database, writing, intents, leaseMs, policy)),
    record: (facts) => inWriting(database, instant, (writing) => recordFacts(database, writing, facts, policy)),
    giveBack: (returns) => inWriting(database, instant, (writing) => returnMessages(database, writing, returns)),
    sweep: (limit) => inWriting(database, instant, (writing) => sweepMessages(database, writing, limit, policy)),
  }
}
