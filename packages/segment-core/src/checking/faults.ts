import type { RuleIssue, RuleIssueCode } from '../language/errors.ts'
import { mostIssues } from '../language/limits.ts'

/** Collects what is wrong with a rule, while it is read. */
export interface Faults {
  readonly issues: readonly RuleIssue[]
  /** Notes a fault. `known` are the names among which the closest are looked for. */
  add(code: RuleIssueCode, at: Place, message: string, misspelt?: { given: string; known: Iterable<string> }): void
  /** So many faults are noted that reading on would help nobody. */
  isFull(): boolean
}

/** Where in the given JSON something stands, and in which segment when it stands in the rule of one. */
export interface Place {
  /** JSON Pointer; inside a segment's rule it stays that of the reference. */
  readonly path: string
  readonly segment: string | undefined
}

/** One step down. Keys are escaped as JSON Pointer wants it. */
export function below(at: Place, key: string | number): Place {
  if (at.segment !== undefined) return at
  const step = typeof key === 'number' ? key : shorten(key).replaceAll('~', '~0').replaceAll('/', '~1')
  return { path: `${at.path}/${step}`, segment: undefined }
}

/** Looking for close names costs time; after so many misspelt ones nobody reads the suggestions. */
const mostSuggestions = 50

/** An empty collection. `nearest` finds the names closest to a misspelt one. */
export function createFaults(nearest: (given: string, known: Iterable<string>) => string[]): Faults {
  const issues: RuleIssue[] = []
  let suggestions = 0
  const isFull = () => issues.length > mostIssues
  return {
    issues,
    isFull,
    add(code, at, message, misspelt) {
      if (isFull()) return
      if (issues.length === mostIssues) {
        issues.push({ code: 'TOO_MANY_ISSUES', path: at.path, message: 'There are more faults than are listed here' })
        return
      }
      const close =
        misspelt === undefined || suggestions >= mostSuggestions ? [] : nearest(misspelt.given, misspelt.known)
      if (misspelt !== undefined) suggestions += 1
      issues.push({
        code,
        path: at.path,
        message: close.length > 0 ? `${message}. Did you mean ${close.map(quoted).join(' or ')}?` : message,
        ...(close.length > 0 && { nearest: close }),
        ...(at.segment !== undefined && { segment: at.segment }),
      })
    },
  }
}

/** A value as it is shown in messages: as JSON, cut off where it is long. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return shorten(String(value))
}

function quoted(text: string): string {
  return JSON.stringify(shorten(text))
}

const mostShown = 60

function shorten(text: string): string {
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`
}
