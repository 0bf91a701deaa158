import type { Rule } from '@muster/segment-core'

/** A rule under a name, to look at again, to launch campaigns to, and to build other rules of. */
export interface Segment {
  readonly id: string
  readonly name: string
  readonly description: string | null
  /** The rules as they were given, so that an editor finds its own form again. */
  readonly rules: unknown
  /** The same, read and checked. */
  readonly rule: Rule
  /** Members at `measuredAtMs`. */
  readonly size: number
  readonly measuredAtMs: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** What its author wrote, which is what another author could overwrite; counting it again changes nothing of it. */
export function authored({ id, name, description, rules, updatedAtMs }: Segment): object {
  return { id, name, description, rules, updatedAtMs }
}
