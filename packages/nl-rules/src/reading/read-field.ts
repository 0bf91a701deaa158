import type { Subject } from './clause.ts'
import { type Draft, readPeriodPart, take } from './draft.ts'
import { readFact } from './facts.ts'
import { isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import { readPeriods, readSince } from './periods.ts'
import { readPoint } from './points.ts'
import { readFigure } from './read-figure.ts'

/** Reads the name of a field, and what is said of it. `isDenied` tells whether a "not" stands before it. */
export function readField(sentence: Sentence, draft: Draft, isDenied: boolean): boolean {
  const { name } = meaningAt(sentence, draft.next, 'field')!
  const field = sentence.vocabulary.root.fields[name]
  if (field === undefined) return false
  const figure = figureOf(sentence, name)
  if (figure !== null) return readFigure(sentence, draft, figure)
  if (field.type === 'number' || field.type === 'money') return readFigure(sentence, draft, { is: 'field', name })
  if (field.type === 'date') return readDateField(sentence, draft, name)
  const fact = readFact(sentence, draft.next + 1, name, field, isDenied)
  if (fact === null) return take(draft, { about: { is: 'field', name }, next: draft.next + 1 })
  const { rule, isNegated, assumption } = fact.value
  return take(draft, {
    about: { is: 'fact', rule, takenFor: name, assumption, isPeople: false },
    isNegated,
    next: fact.next,
  })
}

/** A field that holds a measure or counts an activity is spoken of like these. */
function figureOf(sentence: Sentence, name: string): Subject | null {
  const { measures, activities } = sentence.vocabulary
  for (const [measure, { field }] of Object.entries(measures))
    if (field === name) return { is: 'measure', name: measure, form: 'noun' }
  for (const [activity, { count }] of Object.entries(activities)) {
    if (count === name) return { is: 'activity', name: activity, form: 'noun', base: '', isMany: true }
  }
  return null
}

/** "5 visits" of a number field that no activity knows. */
export function readCountedField(sentence: Sentence, draft: Draft): boolean {
  const name = meaningAt(sentence, draft.next, 'field')?.name
  const field = name === undefined ? undefined : sentence.vocabulary.root.fields[name]
  if (name === undefined || (field?.type !== 'number' && field?.type !== 'money')) return false
  return readFigure(sentence, draft, figureOf(sentence, name) ?? { is: 'field', name })
}

function readDateField(sentence: Sentence, draft: Draft, name: string): boolean {
  take(draft, { about: { is: 'field', name }, next: draft.next + 1 })
  const presence = readFact(sentence, draft.next, name, sentence.vocabulary.root.fields[name]!, false)
  if (presence !== null) {
    return take(draft, {
      about: { is: 'fact', rule: presence.value.rule, takenFor: name, assumption: null, isPeople: false },
      next: presence.next,
    })
  }
  const endsInSince = /since$/i.test(sentence.lexemes[draft.next - 1]!.text)
  const since = endsInSince ? readSince(sentence, draft.next) : null
  if (since !== null) return take(draft, { periods: since.value, next: since.next })
  for (let parts = 0; parts < 3 && draft.periods === null; parts += 1) {
    if (readPeriodPart(sentence, draft) || readSignedDate(sentence, draft)) return true
    if (meaningAt(sentence, draft.next, 'not')?.how === 'not' && readPeriods(sentence, draft.next + 1) !== null)
      draft.isNegated = true
    else if (!isAt(sentence, draft.next, 'be', 'light', 'filler', 'of') && !isSign(sentence, draft.next, ':')) break
    if (!isPeriodAhead(sentence, draft.next + 1)) break
    draft.next += 1
  }
  return true
}

function isPeriodAhead(sentence: Sentence, at: number): boolean {
  return isAt(sentence, at, 'light', 'not', 'filler') || readPeriods(sentence, at) !== null
}

/** "createdAt >= 2026-01-01". */
function readSignedDate(sentence: Sentence, draft: Draft): boolean {
  const compare = meaningAt(sentence, draft.next, 'compare')
  const lexeme = sentence.lexemes[draft.next + 1]
  const point = compare?.sign === true && lexeme?.kind === 'day' ? readPoint(sentence, draft.next + 1, null) : null
  if (compare === undefined || lexeme === undefined || point === null) return false
  const day = lexeme.text
  const is = ({ '<': 'before', '<=': 'until', '>': 'after', '>=': 'since' } as const)[
    compare.operator as '<' | '<=' | '>' | '>='
  ]
  const when =
    is === undefined
      ? ({ is: 'days', from: day, to: day, month: null, hasYear: true } as const)
      : { is, day, hasYear: true }
  const span = { start: sentence.lexemes[draft.next]!.start, end: lexeme.end }
  return take(draft, {
    periods: { ...span, whens: [when], join: 'or', assumption: null },
    isNegated: compare.operator === '!=',
    next: point.next,
  })
}
