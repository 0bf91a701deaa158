import { createHash } from 'node:crypto'
import { ProblemError } from '../problems/problem-error.ts'

/** A short name for exactly this state of something stored: another state has another name. */
export function versionOf(stored: object): string {
  return createHash('sha256').update(JSON.stringify(stored, inOneOrder)).digest('base64url').slice(0, 22)
}

/** Objects that say the same are one, in whatever order their keys were written. */
function inOneOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/**
 * Lets a change pass that was made from this state of `stored`; one without an expectation always passes.
 * To be asked under the lock, so that nothing comes between the answer and the change.
 * @throws ProblemError when somebody else has changed it meanwhile
 */
export function checkVersion(stored: object, expected: string | null): void {
  if (expected === null || expected === '*' || expected === versionOf(stored)) return
  throw new ProblemError('CHANGED_MEANWHILE', 'Somebody has changed this meanwhile: please load it again')
}
