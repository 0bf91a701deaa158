import type { Clause, Piece, Span, Subject } from './clause.ts'
import { isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import { type ClauseContext, readClause } from './read-clause.ts'
import { readRequest } from './requests.ts'
import { isFullStop } from './text-values.ts'

/** A text cut into statements, the words between them, and what could not be read. */
export interface Reading {
  readonly pieces: readonly Piece[]
  /** Words without meaning that stand between the pieces. */
  readonly fillers: readonly Span[]
}

interface State {
  readonly sentence: Sentence
  readonly pieces: Piece[]
  readonly fillers: Span[]
  at: number
  /** What was last spoken of; nothing after something that was not understood. */
  last: Subject | null
  /** It was said what that was done to. */
  lastHasObjects: boolean
}

/** Cuts a text into pieces. Total: what is nothing else is a piece that was not understood. */
export function readPieces(sentence: Sentence): Reading {
  const state: State = { sentence, pieces: [], fillers: [], at: 0, last: null, lastHasObjects: false }
  skipOpening(state)
  while (state.at < sentence.lexemes.length) {
    if (!readJoin(state) && !readMark(state) && !readStatement(state) && !skipFiller(state)) readUnknown(state)
  }
  return { pieces: state.pieces, fillers: state.fillers }
}

function span(sentence: Sentence, from: number, to: number): Span {
  return { start: sentence.lexemes[from]!.start, end: sentence.lexemes[to - 1]!.end }
}

/** "Show me", "could you list": nothing at the beginning of a text, and of each sentence in it. */
function skipOpening(state: State): void {
  const { sentence } = state
  const first = state.at
  const request = readRequest(sentence, first)
  if (request !== null) {
    state.fillers.push(span(sentence, first, request.next))
    state.at = request.next
    return
  }
  for (; state.at < sentence.lexemes.length; state.at += 1) {
    const at = state.at
    // "- women", "Segment: women"
    const isMark =
      isSign(sentence, at, ':', '=', '-', '•', '*') && (at === 0 || (at > first && isSign(sentence, at, ':', '=')))
    if (!isMark && !isOpeningWord(sentence, at)) return
    state.fillers.push(span(sentence, at, at + 1))
  }
}

function isOpeningWord(sentence: Sentence, at: number): boolean {
  if (!isAt(sentence, at, 'opening', 'filler') || isNumberAhead(sentence, at)) return false
  // Code is no request: "SELECT * FROM".
  const next = sentence.lexemes[at + 1]
  if (next?.kind === 'symbol' && !isSign(sentence, at + 1, ',', ':', '=', '.', '-', '(')) return false
  // "Get", "email" and the like are verbs or names elsewhere.
  const isMore = isAt(sentence, at, 'activity', 'saying', 'field', 'object', 'unit')
  return (
    !isMore || isAt(sentence, at + 1, 'article', 'audience', 'everyone', 'who', 'opening', 'those', 'enum', 'saying')
  )
}

/** "Just 3 visits", "only 3 orders" begin with a comparison. */
function isNumberAhead(sentence: Sentence, at: number): boolean {
  return (
    isAt(sentence, at, 'compare') &&
    (isAt(sentence, at + 1, 'number', 'often') || sentence.lexemes[at + 1]?.kind === 'number')
  )
}

function push(state: State, piece: Piece, next: number): true {
  state.pieces.push(piece)
  state.at = next
  return true
}

/** Words and signs that join, separate or group. */
function readJoin(state: State): boolean {
  const { sentence, at } = state
  const lexeme = sentence.lexemes[at]!
  const here = span(sentence, at, at + 1)
  const isSlash = isSign(sentence, at, '/') && !lexeme.glued && sentence.lexemes[at + 1]?.glued !== true
  if (isSign(sentence, at, ',', ';') || isSlash || lexeme.kind === 'line')
    return push(state, { ...here, is: 'join', join: 'and', isComma: true }, at + 1)
  if (isFullStop(sentence, at) || isSign(sentence, at, '?', '!')) return readSentenceEnd(state, here)
  const bracket = meaningAt(sentence, at, 'bracket')
  if (bracket !== undefined) {
    // "(Show me …": a request may stand in brackets, in the first few of them.
    const isFirst = state.pieces.length < 4 && state.pieces.every(({ is }) => is === 'bracket')
    push(state, { ...here, is: 'bracket', side: bracket.side }, at + 1)
    if (isFirst) skipOpening(state)
    return true
  }
  if (isAt(sentence, at, 'ambiguous')) {
    return push(state, { ...here, is: 'unknown', why: 'it can mean both "and" and "or"' }, at + 1)
  }
  if (isExcepting(state)) return push(state, { ...here, is: 'not', how: 'except' }, at + 1)
  if (isAt(sentence, at, 'and')) return push(state, { ...here, is: 'join', join: 'and', isComma: false }, at + 1)
  if (isAt(sentence, at, 'or')) return push(state, { ...here, is: 'join', join: 'or', isComma: false }, at + 1)
  if (isAt(sentence, at, 'nor')) return push(state, { ...here, is: 'join', join: 'nor', isComma: false }, at + 1)
  return false
}

/** "Everyone but VIPs" are all except these. */
function isExcepting({ sentence, pieces, at }: State): boolean {
  const before = pieces.at(-1)
  const isBut = sentence.lexemes[at]?.text.toLowerCase() === 'but'
  const isAll =
    before?.is === 'everyone' ||
    (before?.is === 'audience' && pieces.length === 1 && /^any/i.test(sentence.text.slice(before.start)))
  return isBut && isAll && isAt(sentence, at + 1, 'saying', 'enum', 'from', 'in', 'those', 'audience', 'article')
}

function readSentenceEnd(state: State, here: Span): boolean {
  const { sentence, at } = state
  if (at + 1 >= sentence.lexemes.length) {
    state.fillers.push(here)
    state.at = at + 1
  } else {
    push(state, { ...here, is: 'join', join: 'and', isComma: true }, at + 1)
    skipOpening(state)
  }
  return true
}

/** Words that deny, pair or stand for the audience. */
function readMark(state: State): boolean {
  const { sentence, at } = state
  const here = span(sentence, at, at + 1)
  for (const is of ['either', 'neither', 'both'] as const) {
    if (isAt(sentence, at, is)) return push(state, { ...here, is }, at + 1)
  }
  const not = meaningAt(sentence, at, 'not')
  // "No more than 3" compares; "nothing in the last week" is a statement of its own.
  if (not !== undefined && !isAt(sentence, at, 'compare') && !startsNegatedNumber(sentence, at)) {
    const isHyphened = isSign(sentence, at + 1, '-') && sentence.lexemes[at + 1]?.glued === true
    return push(state, { ...here, is: 'not', how: not.how }, isHyphened ? at + 2 : at + 1)
  }
  if (isAt(sentence, at, 'who')) return push(state, { ...here, is: 'who' }, at + 1)
  return readAudience(state)
}

function startsNegatedNumber(sentence: Sentence, at: number): boolean {
  return meaningAt(sentence, at, 'not')?.how === 'not' && isAt(sentence, at + 1, 'compare')
}

/** "all our customers", "everyone", "those": the audience itself. */
function readAudience(state: State): boolean {
  const { sentence } = state
  let next = state.at
  let isAll = false
  for (let steps = 0; steps < 4; steps += 1, next += 1) {
    const article = meaningAt(sentence, next, 'article')
    if (article === undefined && !isAt(sentence, next, 'of')) break
    isAll ||= article?.how === 'all'
  }
  if (isAt(sentence, next, 'audience')) {
    const here = span(sentence, state.at, next + 1)
    return push(state, { ...here, is: isAll ? 'everyone' : 'audience' }, next + 1)
  }
  if (isAt(sentence, state.at, 'everyone', 'those') && !isAt(sentence, state.at, 'article')) {
    const is = /^every/i.test(sentence.lexemes[state.at]!.text) ? 'everyone' : 'audience'
    return push(state, { ...span(sentence, state.at, state.at + 1), is }, state.at + 1)
  }
  return (
    isAll && isAt(sentence, next, 'who') && push(state, { ...span(sentence, state.at, next), is: 'everyone' }, next)
  )
}

function readStatement(state: State): boolean {
  const { sentence, at, pieces } = state
  const before = pieces.at(-1)
  const isJoined = before?.is === 'join' || before?.is === 'not' || before?.is === 'both' || before?.is === 'either'
  const followsVerb = before?.is === 'clause' && before.clause.about?.is === 'activity'
  const isDenied = before?.is === 'not'
  const isWho = before?.is === 'who' && !/^whose$/i.test(sentence.text.slice(before.start, before.end))
  const isVerbal =
    isWho || isAfterVerb(pieces) || (before?.is === 'not' && (before.how === 'not' || before.how === 'never'))
  const takesObjects = state.lastHasObjects && !(before?.is === 'not' && before.how === 'without')
  const context: ClauseContext = { last: state.last, takesObjects, isJoined, isDenied, isVerbal, followsVerb }
  const found = readClause(sentence, at, context)
  if (found === null) return false
  const clause: Clause = found.value
  if (clause.about !== null) {
    state.last = clause.about
    state.lastHasObjects = clause.objects !== null
  }
  return push(state, { start: clause.start, end: clause.end, is: 'clause', clause }, found.next)
}

/** "Didn't order or visit": after a verb and a word that joins, the next such word is a verb too. */
function isAfterVerb(pieces: readonly Piece[]): boolean {
  const verb = pieces.at(-1)?.is === 'join' ? pieces.at(-2) : undefined
  const about = verb?.is === 'clause' ? verb.clause.about : null
  return (about?.is === 'activity' || about?.is === 'measure') && about.form === 'verb'
}

function skipFiller(state: State): boolean {
  const { sentence, at } = state
  const isArticle = isAt(sentence, at, 'article') && isAt(sentence, at + 1, 'saying', 'enum', 'audience')
  const isLead = isAt(sentence, at, 'have', 'be', 'do', 'with', 'live') && leadsOn(sentence, at + 1)
  const isModal = isAt(sentence, at, 'modal') && isAt(sentence, at + 1, 'be', 'have', 'not')
  if (!isAt(sentence, at, 'filler') && !isArticle && !isLead && !isModal) return false
  state.fillers.push(span(sentence, at, at + 1))
  state.at = at + 1
  return true
}

/** Whether a helping word leads to something that the next piece can say: "are not tagged", "with (…". */
function leadsOn(sentence: Sentence, at: number): boolean {
  return isAt(
    sentence,
    at,
    'not',
    'either',
    'neither',
    'both',
    'bracket',
    'filler',
    'be',
    'have',
    'those',
    'audience',
    'article',
    'everyone',
  )
}

/** What was not understood, with the figures and little words that hang on it. */
function readUnknown(state: State): void {
  const { sentence, at } = state
  let next = at + 1
  while (next < sentence.lexemes.length && hangsOn(sentence, next)) next += 1
  state.last = null
  push(state, { ...span(sentence, at, next), is: 'unknown', why: 'not understood' }, next)
}

function hangsOn(sentence: Sentence, at: number): boolean {
  const lexeme = sentence.lexemes[at]!
  if (lexeme.kind === 'line' || isSign(sentence, at, ',', ';', '?', '!') || isFullStop(sentence, at)) return false
  if (isAt(sentence, at, 'bracket', 'who', 'either', 'neither')) return false
  if (isAt(sentence, at, 'and', 'or', 'nor', 'not')) return false
  if (isAt(sentence, at, 'activity', 'measure', 'saying', 'enum', 'status') || lexeme.values.length > 0) return false
  return !isAt(sentence, at, 'audience')
}
