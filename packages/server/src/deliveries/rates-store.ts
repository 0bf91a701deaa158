import type { Rate } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { ensureAccount, ratesOf, setRates } from './rate-rows.ts'

/** The limits of vendor accounts. One truth for all workers of an installation, changeable while they work. */
export interface RatesStore {
  /** In force for every call that is permitted after this has resolved. Several windows hold at once; none is no limit. */
  set(account: string, rates: readonly Rate[], nowMs: number): Promise<void>
  /** Null when nobody set any, so that the configured ones hold. */
  of(account: string): Promise<readonly Rate[] | null>
  /** To be called before sending: gives the account a row, so that there is something for all workers to lock. */
  ensure(account: string, nowMs: number): Promise<void>
}

export function createRatesStore(knex: Knex): RatesStore {
  return {
    set: (account, rates, nowMs) => setRates(knex, account, rates, nowMs),
    of: (account) => ratesOf(knex, account),
    ensure: (account, nowMs) => ensureAccount(knex, account, nowMs),
  }
}
