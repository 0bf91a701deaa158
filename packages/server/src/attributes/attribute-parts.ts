import type { Rule } from '@muster/segment-core'
import type { Knex } from 'knex'
import type { World } from '../world/world.ts'

/** What the actions of this room work with. */
export interface AttributeParts {
  readonly knex: Knex
  readonly world: World
  /** The rules that stand on a workspace's attributes. Handed in, since those rooms stand above this one. */
  readonly rulesInUse: (knex: Knex, workspaceId: string) => Promise<readonly RuleInUse[]>
}

/** A stored rule, and what people call the thing that it belongs to. */
export interface RuleInUse {
  readonly kind: 'segment' | 'campaign'
  readonly id: string
  readonly name: string
  readonly rule: Rule
}
