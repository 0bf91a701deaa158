import type { Clause, Piece, Span, Subject } from './clause.ts'
import type { Sentence } from './lexemes.ts'
import type { Reading } from './read-pieces.ts'

/** A stretch of the text and what it was taken for. */
export interface Stretch extends Span {
  readonly text: string
  readonly takenFor: string
}

/** What each stretch of a text was taken for, in order and without overlap; blanks are left out. */
export function stretchesOf(sentence: Sentence, { pieces, fillers }: Reading): Stretch[] {
  const spans = [
    ...pieces.flatMap(takenFor),
    ...fillers.map((span) => ({ ...span, takenFor: 'no meaning' })),
    ...sentence.lexemes.flatMap(({ start, end, corrected }) =>
      corrected === null ? [] : [{ start, end, takenFor: `typing mistake: ${corrected}` }],
    ),
  ]
  return spans
    .filter(({ takenFor: taken }) => !taken.startsWith('typing mistake'))
    .toSorted((one, other) => one.start - other.start || one.end - other.end)
    .map(({ start, end, takenFor: taken }) => ({ text: sentence.text.slice(start, end), start, end, takenFor: taken }))
}

type Taken = Span & { readonly takenFor: string }

function takenFor(piece: Piece): Taken[] {
  const { start, end } = piece
  switch (piece.is) {
    case 'clause':
      return partsOf(piece.clause)
    case 'unknown':
      return [{ start, end, takenFor: 'not understood' }]
    case 'join':
      return [{ start, end, takenFor: piece.join }]
    case 'not':
      return [{ start, end, takenFor: 'not' }]
    case 'audience':
    case 'everyone':
      return [{ start, end, takenFor: 'the audience' }]
    default:
      return [{ start, end, takenFor: piece.is }]
  }
}

/** The amounts, periods and objects of a clause by themselves, and the words between them as its subject. */
function partsOf(clause: Clause): Taken[] {
  const { quantity, each, periods, objects, about } = clause
  const inner = [
    { part: quantity, takenFor: 'amount' },
    { part: each, takenFor: 'amount of one' },
    { part: periods, takenFor: 'period' },
    { part: objects, takenFor: 'object' },
  ]
    .flatMap(({ part, takenFor: taken }) =>
      part === null ? [] : [{ start: part.start, end: part.end, takenFor: taken }],
    )
    .toSorted((one, other) => one.start - other.start)
  const subject = subjectOf(about)
  const parts: Taken[] = []
  let from = clause.start
  for (const part of inner) {
    if (part.start > from) parts.push({ start: from, end: part.start, takenFor: subject })
    if (part.start >= from) parts.push(part)
    from = Math.max(from, part.end)
  }
  if (from < clause.end) parts.push({ start: from, end: clause.end, takenFor: subject })
  return parts
}

function subjectOf(about: Subject | null): string {
  switch (about?.is) {
    case 'activity':
    case 'measure':
    case 'field':
      return about.name
    case 'saying':
      return about.isGlossary ? 'glossary' : 'saying'
    case 'fact':
      return about.takenFor
    default:
      return 'carried over'
  }
}
