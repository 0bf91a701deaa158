import { hash } from 'node:crypto'
import type { Dialect } from './migrations/migration.ts'

/** Into so many slots everybody is divided: a share can be a hundredth of a percent. */
export const slotCount = 10_000

/** How the function is called in SQLite, which knows no hash of its own. */
const slotFunction = 'stable_slot'

/**
 * A slot from 0 to 9,999, always the same one for these two texts, evenly filled, and for another salt another one that
 * has nothing to do with it. SHA-256, because with a weaker sum such as CRC-32 two salts only swap the slots around.
 */
export function stableSlot(salt: string, id: string): number {
  return Number.parseInt(hash('sha256', `${salt}:${id}`, 'hex').slice(0, 8), 16) % slotCount
}

/** Gives a connection to SQLite the function; servers have what it takes. */
export function addSlotFunction(connection: {
  function(name: string, options: { deterministic: boolean }, run: (...values: unknown[]) => unknown): unknown
}): void {
  connection.function(slotFunction, { deterministic: true }, (salt, id) => stableSlot(String(salt), String(id)))
}

/** The same in SQL. Its one binding is the salt; `column` is a name of ours. */
export function stableSlotSql(dialect: Dialect, column: string): string {
  if (dialect === 'sqlite') return `${slotFunction}(?, ${column})`
  return `cast(conv(left(sha2(concat(?, ':', ${column}), 256), 8), 16, 10) as unsigned) % ${slotCount}`
}
