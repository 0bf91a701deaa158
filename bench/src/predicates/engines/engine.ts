import type { CustomerRecord, MomentForm } from '../customers/records.ts'
import type { PlainRule } from '../rules/plain-rule.ts'

/** A rule, ready to be asked of customers. */
export type Ask = (customer: CustomerRecord) => boolean

/** Something that turns rules into questions. */
export interface Engine {
  readonly name: string
  /** How it needs instants, where it cannot take the records' own. */
  readonly form?: MomentForm
  prepare(rule: PlainRule, form: MomentForm): Ask | AskLater
}

/** As `Ask`, for an engine that answers with a promise. */
export interface AskLater {
  readonly later: (customer: CustomerRecord) => Promise<boolean>
}
