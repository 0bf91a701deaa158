import type { Context } from 'koa'
import { ProblemError } from '../problems/problem-error.ts'

/** What a member of a workspace may do; each role includes those before it. */
export type Role = 'viewer' | 'marketer' | 'owner'

/** Who asks, and in which workspace. */
export interface Session {
  readonly sessionId: string
  readonly userId: string
  readonly workspaceId: string
  readonly role: Role
  /** A service token asks, on behalf of the user who made it. */
  readonly isMachine: boolean
}

/**
 * The session of a request whose policy asked for one.
 * @throws a plain error when the route's policy did not: a fault of the program
 */
export function sessionOf(ctx: Pick<Context, 'state'>): Session {
  const session: Session | undefined = ctx.state['session']
  if (session === undefined) throw new Error('A route asked for the session without a policy that requires one')
  return session
}

/** The session of a request that is served without one too, such as a logout; null when there is none. */
export async function sessionIfAny(ctx: Pick<Context, 'state'>): Promise<Session | null> {
  const authenticate: () => Promise<Session> = ctx.state['authenticate']
  try {
    return await authenticate()
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'UNAUTHENTICATED') return null
    throw error
  }
}
