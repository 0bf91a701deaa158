import type { Clause, Objects, Subject } from './clause.ts'
import { type Found, isAt, isSign, type Sentence } from './lexemes.ts'
import { type Periods, readPeriods } from './periods.ts'
import type { Quantity } from './quantities.ts'

/** A clause while it is being read. */
export interface Draft {
  start: number
  next: number
  about: Subject | null
  quantity: Quantity | null
  each: Quantity | null
  periods: Periods | null
  objects: Objects | null
  edge: 'first' | 'last' | null
  status: string | null
  statusActivity: string | null
  isNegated: boolean
  isHeld: boolean
  /** An article that makes the noun one of many: "an order". */
  isSingle: boolean
  /** Words like "is" and "has" stand before: nothing can be carried over then. */
  isLed: boolean
}

/** A clause of which nothing is read. */
export function createDraft(at: number): Draft {
  return {
    start: at,
    next: at,
    about: null,
    quantity: null,
    each: null,
    periods: null,
    objects: null,
    edge: null,
    status: null,
    statusActivity: null,
    isNegated: false,
    isHeld: false,
    isSingle: false,
    isLed: false,
  }
}

/** The parts of a clause are few; what is longer is several clauses. */
export const mostParts = 12

/** The clause as far as it was read, and where the rest begins. */
export function finish(sentence: Sentence, draft: Draft): Found<Clause> {
  const { about, quantity, each, periods, objects, edge, status, isNegated, isHeld, isLed } = draft
  const start = sentence.lexemes[draft.start]!.start
  const end = sentence.lexemes[draft.next - 1]!.end
  return {
    value: { start, end, about, quantity, each, periods, objects, edge, status, isNegated, isHeld, isLed },
    next: draft.next,
  }
}

/** Adds what was read. */
export function take(draft: Draft, part: Partial<Draft>): true {
  Object.assign(draft, part)
  return true
}

/** Reads a period, if the clause has none yet. */
export function readPeriodPart(sentence: Sentence, draft: Draft): boolean {
  const periods = draft.periods === null ? readPeriods(sentence, draft.next) : null
  return periods !== null && take(draft, { periods: periods.value, next: periods.next })
}

/** Whether nothing follows that could belong to what was read. */
export function isBoundary(sentence: Sentence, at: number): boolean {
  const lexeme = sentence.lexemes[at]
  if (lexeme === undefined || lexeme.kind === 'line') return true
  return (
    isAt(sentence, at, 'and', 'or', 'nor', 'who', 'bracket', 'not', 'with', 'have') ||
    isSign(sentence, at, ',', ';', '.', '?', '!')
  )
}
