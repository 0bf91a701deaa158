import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { stableSlotSql } from '../database/stable-slot.ts'

/** The variant of people who are left out on purpose. */
export const controlVariant = 'control'

/** The slots below `below` that belong to no share before it. */
export interface Share {
  readonly variant: string
  readonly below: number
}

/** How a run's people are divided: by a slot that nobody chooses and that never changes. */
export interface Division {
  /** Another salt divides the same people in another way, independently of this one. */
  readonly salt: string
  /** With rising bounds, the control group first. Slots above the last bound belong to nobody. */
  readonly shares: readonly Share[]
}

/** Whose slot this is; null when it belongs to no share. The same in memory… */
export function variantAt(slot: number, shares: readonly Share[]): string | null {
  return shares.find(({ below }) => slot < below)?.variant ?? null
}

/** …and in SQL, over a column that holds the slot. */
export function variantSql(knex: Knex, slotColumn: string, shares: readonly Share[]): Knex.Raw {
  if (shares.length === 0) return knex.raw('null')
  const cases = shares.map(() => `when ${slotColumn} < ? then ?`).join(' ')
  return knex.raw(
    `case ${cases} end`,
    shares.flatMap(({ below, variant }) => [below, variant]),
  )
}

/** The slot of each customer, as a column; 0 where nobody is divided, which costs nothing. */
export function slotOf(knex: Knex, { dialect }: Pick<Database, 'dialect'>, { salt, shares }: Division): Knex.Raw {
  return shares.length === 0 ? knex.raw('0') : knex.raw(stableSlotSql(dialect, 'customers.id'), [salt])
}
