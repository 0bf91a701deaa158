import type { Migration } from './migration.ts'
import { foundation } from './migrations/0001-foundation.ts'

/** Every step, in order. A new one is a line at the end. */
export const migrations: readonly Migration[] = [foundation]
