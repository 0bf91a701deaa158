import type { Rule } from '@muster/segment-core'
import type { Span } from '../reading/clause.ts'

/** Something that keeps a reading from being certain, and where it stands. */
export interface Problem extends Span {
  readonly why: string
}

/** Something that was taken for granted, and where. */
export interface Assumption extends Span {
  readonly text: string
}

/** A rule, or what keeps the words from being one; and what was taken for granted. */
export interface Outcome {
  readonly rule: Rule | null
  readonly problems: readonly Problem[]
  readonly assumptions: readonly Assumption[]
}

/** A rule without any doubt. */
export function certain(rule: Rule, assumptions: readonly Assumption[] = []): Outcome {
  return { rule, problems: [], assumptions }
}

/** No rule, and why. */
export function unclear({ start, end }: Span, why: string): Outcome {
  return { rule: null, problems: [{ start, end, why }], assumptions: [] }
}
