import type { ProblemCode } from './problem-code.ts'

/** One thing that is wrong with what was given. */
export interface Fault {
  /** JSON Pointer into the given value, such as `/items/0/price`; empty for the whole. */
  readonly path: string
  readonly message: string
}

/**
 * A request failed for a reason that its sender is told. `message` is a sentence for people and may change;
 * `code` is for programs; `faults` name the parts of the input that are wrong, where some are.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly faults: readonly Fault[]

  constructor(code: ProblemCode, message: string, faults: readonly Fault[] = []) {
    super(message)
    this.code = code
    this.faults = faults
  }
}

/** The input does not say what it must. The first fault becomes the sentence that people read. */
export function invalidInput(faults: readonly [Fault, ...Fault[]], code: ProblemCode = 'VALIDATION'): ProblemError {
  return new ProblemError(code, faults[0].message, faults)
}
