import type { Clause, Piece } from '../reading/clause.ts'
import type { Carried } from './carry.ts'
import { type Expression, spanOf } from './expression.ts'
import type { Problem } from './outcome.ts'

/** The statements of a text as its words join them, and what leaves that open. */
export interface Joined {
  readonly expression: Expression | null
  readonly problems: readonly Problem[]
  /** "Everyone", "all customers" stands in the text. */
  readonly isEveryone: boolean
}

interface Parser {
  readonly pieces: readonly Piece[]
  readonly linked: ReadonlySet<Clause>
  readonly problems: Problem[]
  at: number
  depth: number
  isEveryone: boolean
}

/** As deep as brackets may be; a rule may have no more levels. */
const deepest = 12

/** Joins pieces: "not" binds tightest, then "and" (and what merely stands side by side), then "or"; brackets group. */
export function join({ pieces, linked }: Carried): Joined {
  const parser: Parser = { pieces, linked, problems: [], at: 0, depth: 0, isEveryone: false }
  const parts: Expression[] = []
  while (parser.at < pieces.length) {
    const part = readAny(parser)
    if (part !== null) parts.push(part)
    const rest = parser.pieces[parser.at]
    if (rest !== undefined) {
      parser.problems.push({ start: rest.start, end: rest.end, why: 'nothing stands for it to belong to' })
      parser.at += 1
    }
  }
  const expression = parts.length > 1 ? ({ is: 'all', of: parts } as const) : (parts[0] ?? null)
  return { expression, problems: parser.problems, isEveryone: parser.isEveryone }
}

function peek(parser: Parser): Piece | undefined {
  return parser.pieces[parser.at]
}

function doubt(parser: Parser, expression: Expression, why: string): void {
  parser.problems.push({ ...spanOf(expression), why })
}

/** What stands side by side, and whether a word joins it or it merely follows. */
interface Side {
  readonly expression: Expression
  /** Statements that merely follow one another: "women in Pune who visited". */
  readonly isPlain: boolean
  /** A comma is all that joins some of them. */
  readonly isListed: boolean
  /** A comma and "and" stand in it: "A, or B, and C". */
  readonly isSeparated: boolean
  /** It begins with "who". */
  readonly isAfterWho: boolean
}

function readAny(parser: Parser): Expression | null {
  const sides: Side[] = []
  for (;;) {
    const side = readAll(parser)
    if (side !== null) sides.push(side)
    if (!skipOr(parser)) break
  }
  const of = sides.map(({ expression }) => expression)
  const isOpen = sides.some(({ isPlain }) => isPlain) && !areAlike(sides) && !sides.slice(1).every(beginsPeople)
  // "A, B or C" may be any of three, or both of the first two or the third.
  const isLoose = sides.slice(1).some(({ isSeparated }) => isSeparated)
  if (of.length > 1 && (isOpen || isLoose || sides.some(({ isListed }) => isListed))) {
    doubt(parser, { is: 'any', of }, 'it does not say how far "or" reaches; use brackets')
  }
  return of.length > 1 ? { is: 'any', of } : (of[0] ?? null)
}

/** "VIPs from Pune or women": the side speaks of other people, so the one before it ends there. */
function beginsPeople({ expression, isAfterWho }: Side): boolean {
  const first = expression.is === 'all' ? expression.of[0] : expression
  if (first?.is !== 'clause' || isAfterWho || first.clause.isLed) return false
  const { about } = first.clause
  return about?.is === 'saying' || (about?.is === 'fact' && about.isPeople)
}

/** "Women in Pune or men in Delhi": sides of one make are meant as wholes. */
function areAlike(sides: readonly Side[]): boolean {
  const makes = sides.map(({ expression }) =>
    expression.is === 'all' ? expression.of.map(makeOf).join() : makeOf(expression),
  )
  return new Set(makes).size === 1
}

function makeOf(expression: Expression): string {
  if (expression.is !== 'clause') return expression.is
  const { about } = expression.clause
  return about?.is === 'fact' ? about.takenFor : (about?.is ?? '')
}

/** "or", with a comma before it. */
function skipOr(parser: Parser): boolean {
  const comma = peek(parser)
  const here = comma?.is === 'join' && comma.isComma ? 1 : 0
  const piece = parser.pieces[parser.at + here]
  if (piece?.is !== 'join' || piece.join !== 'or') return false
  parser.at += here + 1
  return true
}

/** Words that join nothing and deny nothing. */
function skipMarks(parser: Parser): void {
  for (let piece = peek(parser); piece !== undefined; piece = peek(parser)) {
    if (piece.is === 'everyone') parser.isEveryone = true
    else if (piece.is === 'unknown') parser.problems.push({ start: piece.start, end: piece.end, why: piece.why })
    else if (piece.is !== 'audience' && piece.is !== 'who' && piece.is !== 'both') return
    parser.at += 1
  }
}

function readAll(parser: Parser): Side | null {
  const parts: Expression[] = []
  const isAfterWho = peek(parser)?.is === 'who'
  let isPlain = false
  let isListed = false
  let isSeparated = false
  let joined: 'word' | 'comma' | null = 'word'
  for (;;) {
    skipMarks(parser)
    const piece = peek(parser)
    if (piece === undefined || (piece.is === 'bracket' && piece.side === 'close') || isOrAhead(parser)) break
    if (piece.is === 'join') {
      parser.at += 1
      const next = peek(parser)
      isSeparated ||= piece.isComma && next?.is === 'join' && !next.isComma
      joined = piece.isComma && joined !== 'word' ? 'comma' : 'word'
      if (piece.join === 'nor') pushNor(parser, parts)
      // "VIPs and everyone from Pune" may be more people, not fewer.
      const people = piece.join === 'and' && !piece.isComma && parts.length > 0 ? peek(parser) : undefined
      if (people?.is === 'everyone' || people?.is === 'audience') {
        parser.problems.push({
          start: people.start,
          end: people.end,
          why: 'it may mean these as well, or only those among them',
        })
      }
      continue
    }
    const unit = readUnit(parser)
    if (unit === null) continue
    if (parts.length > 0 && joined === null) isPlain = true
    const last = parts.at(-1)
    // "VIPs and subscribers" may be all of both, not those who are both.
    if (last !== undefined && joined === 'word' && namesPeople(last) && namesPeople(unit)) {
      doubt(parser, unit, 'it may mean these as well, or only those among them')
    }
    if (parts.length > 0 && joined === 'comma') isListed = true
    joined = null
    parts.push(unit)
  }
  const [only] = parts
  if (only === undefined) return null
  return { expression: parts.length > 1 ? { is: 'all', of: parts } : only, isPlain, isListed, isSeparated, isAfterWho }
}

/** "VIPs", "women": a noun in the plural. */
function namesPeople(expression: Expression): boolean {
  if (expression.is !== 'clause' || expression.clause.isLed) return false
  const { about } = expression.clause
  return (about?.is === 'saying' && /s$/i.test(about.words)) || (about?.is === 'fact' && about.isPeople)
}

/** "… nor ordered": one more statement that does not hold. */
function pushNor(parser: Parser, parts: Expression[]): void {
  const denied = readUnit(parser)
  if (denied !== null) parts.push({ is: 'none', of: [denied] })
}

function isOrAhead(parser: Parser): boolean {
  const { at } = parser
  const isOr = skipOr(parser)
  parser.at = at
  return isOr
}

function readUnit(parser: Parser): Expression | null {
  skipMarks(parser)
  const piece = peek(parser)
  if (piece === undefined || piece.is === 'join') return null
  parser.at += 1
  switch (piece.is) {
    case 'clause':
      return { is: 'clause', clause: piece.clause }
    case 'not':
      return readNot(parser, piece)
    case 'bracket':
      return readBracket(parser, piece)
    case 'either':
      return readEither(parser)
    case 'neither':
      return readNeither(parser, piece)
    default:
      return null
  }
}

function readBracket(parser: Parser, piece: Piece & { is: 'bracket' }): Expression | null {
  if (piece.side === 'close' || parser.depth >= deepest) {
    parser.problems.push({ start: piece.start, end: piece.end, why: 'the brackets do not match' })
    return null
  }
  parser.depth += 1
  const inner = readAny(parser)
  parser.depth -= 1
  const close = peek(parser)
  if (close?.is === 'bracket') parser.at += 1
  else parser.problems.push({ start: piece.start, end: piece.end, why: 'the bracket is not closed' })
  return inner
}

/** "Either A or B", before what follows "and" or "but". */
function readEither(parser: Parser): Expression | null {
  const of: Expression[] = []
  do {
    const unit = readPlain(parser)
    if (unit !== null) of.push(unit)
  } while (skipOr(parser))
  const [only] = of
  if (only !== undefined && of.length === 1) doubt(parser, only, 'it does not say what else "either" leaves')
  return of.length > 1 ? { is: 'any', of } : (only ?? null)
}

/** "Neither A nor B". */
function readNeither(parser: Parser, piece: Piece): Expression | null {
  const of: Expression[] = []
  for (;;) {
    const unit = readUnit(parser)
    if (unit !== null) of.push(unit)
    if (peek(parser)?.is === 'audience') parser.at += 1
    const next = peek(parser)
    if (next?.is !== 'join' || (next.join !== 'nor' && next.join !== 'or')) break
    parser.at += 1
  }
  const last = of.at(-1)
  if (last !== undefined && of.length === 1 && !holdsList(last))
    doubt(parser, last, 'it does not say what else does not hold')
  if (last?.is === 'clause' && peek(parser)?.is === 'clause' && isNounPhrase(last.clause)) {
    doubt(parser, last, 'it does not say how far "neither" reaches')
  }
  if (of.length === 0)
    parser.problems.push({ start: piece.start, end: piece.end, why: 'it does not say what does not hold' })
  return of.length === 0 ? null : { is: 'none', of }
}

/** "Neither from Delhi nor from Noida" is one list. */
function holdsList(expression: Expression): boolean {
  if (expression.is !== 'clause') return false
  const { about, objects } = expression.clause
  const isList =
    about?.is === 'fact' && (('operator' in about.rule && Array.isArray(about.rule.value)) || 'logic' in about.rule)
  return isList || (objects !== null && objects.items.length > 1)
}

/** Statements that follow one another without a word between. */
function readPlain(parser: Parser): Expression | null {
  const of: Expression[] = []
  for (;;) {
    const unit = readUnit(parser)
    if (unit === null) break
    of.push(unit)
    skipMarks(parser)
    const next = peek(parser)
    if (next === undefined || next.is === 'join' || (next.is === 'bracket' && next.side === 'close')) break
  }
  return of.length > 1 ? { is: 'all', of } : (of[0] ?? null)
}

function readNot(parser: Parser, piece: Piece & { is: 'not' }): Expression | null {
  const first = readUnit(parser)
  if (first === null) {
    parser.problems.push({ start: piece.start, end: piece.end, why: 'it does not say what does not hold' })
    return null
  }
  const of = [first, ...readCovered(parser, piece, first)]
  if (piece.how === 'except') return readExcept(parser, of)
  const next = peek(parser)
  if (piece.how !== 'non' && first.is === 'clause' && next?.is === 'clause' && isNounPhrase(first.clause)) {
    doubt(parser, first, 'it does not say how far "not" reaches')
  }
  return { is: 'none', of }
}

/** What else a negation covers: verbs joined by "or", bare fields in a list. */
function readCovered(parser: Parser, piece: Piece & { is: 'not' }, first: Expression): Expression[] {
  const covered: Expression[] = []
  for (let before = first; before.is === 'clause'; ) {
    const join = peek(parser)
    const next = parser.pieces[parser.at + 1]
    if (join?.is !== 'join' || next?.is !== 'clause') break
    const isOr = join.join !== 'and'
    const isList = isPresence(before.clause) && isPresence(next.clause) && !next.clause.isHeld
    if (!(isOr && parser.linked.has(next.clause)) && !(isList && !join.isComma)) {
      if (isOr && piece.how !== 'never' && isOpen(before.clause, next.clause))
        doubt(parser, before, 'it does not say how far "not" reaches')
      break
    }
    parser.at += 2
    before = { is: 'clause', clause: isList ? { ...next.clause, isHeld: true } : next.clause }
    covered.push(before)
  }
  return covered
}

/** A field that is or is not there. */
function isPresence({ about, quantity, periods }: Clause): boolean {
  return about?.is === 'field' && quantity === null && periods === null
}

/** Two verbs, or two words of one kind, of which "not" may deny the first or both. */
function isOpen(first: Clause, next: Clause): boolean {
  const isVerb = (clause: Clause) =>
    (clause.about?.is === 'activity' || clause.about?.is === 'measure') && clause.about.form === 'verb'
  return (isVerb(first) && isVerb(next)) || (first.about?.is === 'saying' && next.about?.is === 'saying')
}

/** "Women", "VIP", "from Pune": something else may belong to the same phrase. */
function isNounPhrase({ about }: Clause): boolean {
  return about?.is === 'saying' || about?.is === 'fact'
}

/** "Except women from Pune" denies both together; after "and" or "or" it is open what is excepted. */
function readExcept(parser: Parser, of: readonly Expression[]): Expression {
  const phrase = [...of]
  for (let next = peek(parser); next?.is === 'clause' || next?.is === 'audience'; next = peek(parser)) {
    parser.at += 1
    if (next.is === 'clause') phrase.push({ is: 'clause', clause: next.clause })
  }
  const denied: Expression = phrase.length > 1 ? { is: 'all', of: phrase } : phrase[0]!
  const after = peek(parser)
  const further = after?.is === 'join' && !after.isComma ? parser.pieces[parser.at + 1] : undefined
  if (after?.is === 'who' || further?.is === 'clause' || further?.is === 'audience') {
    doubt(parser, denied, 'it does not say all that is excepted; use brackets')
  }
  return { is: 'none', of: [denied] }
}
