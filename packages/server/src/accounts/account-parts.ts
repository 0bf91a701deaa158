import type { Knex } from 'knex'
import type { World } from '../world/world.ts'
import type { Passwords } from './passwords.ts'
import type { SessionRules } from './session-rules.ts'
import type { Tokens } from './tokens.ts'

/** What the actions of this room work with. */
export interface AccountParts {
  readonly knex: Knex
  readonly world: World
  readonly passwords: Passwords
  readonly tokens: Tokens
  readonly sessions: SessionRules
  /** The calendar of new workspaces. */
  readonly timeZone: string
}
