import type { RuleLimits } from '../language/limits.ts'
import type { ValueType } from '../language/value-type.ts'
import type { Faults, Place } from './faults.ts'

/** What reading a value depends on. */
export interface OperandContext {
  readonly valueType: ValueType
  readonly limits: RuleLimits
  readonly faults: Faults
}

/** Reads one value; notes every fault and answers `undefined` when there is one. */
export type ReadValue<Item> = (value: unknown, at: Place, context: OperandContext) => Item | undefined
