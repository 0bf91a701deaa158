import type { Clause, Objects, Piece } from '../reading/clause.ts'
import type { Quantity } from '../reading/quantities.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import type { Assumption, Problem } from './outcome.ts'

/** The pieces with everything filled in that clauses take over from their neighbours. */
export interface Carried {
  readonly pieces: readonly Piece[]
  /** Clauses that a verb before them is joined to, so that one negation covers both. */
  readonly linked: ReadonlySet<Clause>
  readonly problems: readonly Problem[]
  readonly assumptions: readonly Assumption[]
}

interface Carrying {
  readonly pieces: Piece[]
  readonly vocabulary: Vocabulary
  readonly linked: Set<Clause>
  readonly problems: Problem[]
  readonly assumptions: Assumption[]
}

type ClausePiece = Piece & { readonly is: 'clause' }

/** Carries over what clauses leave out: a subject or verb from before, a period or object from after. */
export function carryOver(pieces: readonly Piece[], vocabulary: Vocabulary): Carried {
  const carrying: Carrying = { pieces: [...pieces], vocabulary, linked: new Set(), problems: [], assumptions: [] }
  shareBackwards(carrying)
  fillForwards(carrying)
  return carrying
}

/** The place of the clause that is directly joined to the one at `at`, and how. */
function joinedBefore(
  { pieces }: Carrying,
  at: number,
): { at: number; join: Piece & { is: 'join' }; isNegated: boolean } | null {
  const isNegated = pieces[at - 1]?.is === 'not'
  const join = pieces[isNegated ? at - 2 : at - 1]
  const before = isNegated ? at - 3 : at - 2
  return join?.is === 'join' && pieces[before]?.is === 'clause' ? { at: before, join, isNegated } : null
}

function clauseAt({ pieces }: Carrying, at: number): Clause | null {
  const piece = pieces[at]
  return piece?.is === 'clause' ? piece.clause : null
}

function replace(carrying: Carrying, at: number, clause: Clause): void {
  const { start, end } = carrying.pieces[at]!
  const piece: ClausePiece = { start, end, is: 'clause', clause }
  carrying.pieces[at] = piece
}

/** A verb, or a noun like "orders", that nothing else is said of. */
function isBare(clause: Clause): boolean {
  const { about, quantity, each, periods, objects, edge, status, isNegated } = clause
  if (about?.is !== 'activity' && about?.is !== 'measure') return false
  return !quantity && !each && !periods && !objects && !edge && !status && !isNegated
}

function formOf({ about }: Clause): 'verb' | 'noun' | null {
  return about?.is === 'activity' || about?.is === 'measure' ? about.form : null
}

/** "Ordered and visited in the last 30 days", "opened or clicked the campaign": bare verbs share what follows. */
function shareBackwards(carrying: Carrying): void {
  for (let at = carrying.pieces.length - 1; at >= 2; at -= 1) {
    const later = clauseAt(carrying, at)
    const joined = later === null ? null : joinedBefore(carrying, at)
    const earlier = joined === null ? null : clauseAt(carrying, joined.at)
    if (later === null || joined === null || earlier === null) continue
    if (isBare(earlier) && formOf(earlier) === formOf(later)) share(carrying, joined, earlier, later)
    // "More than 5 orders or visits"
    const areNouns = formOf(earlier) === 'noun' && formOf(later) === 'noun'
    const isCounted =
      areNouns && earlier.quantity !== null && !later.isLed && later.status === null && later.each === null
    if (isCounted && later.quantity === null && !joined.isNegated && !joined.join.isComma) {
      carrying.problems.push({
        start: earlier.start,
        end: later.end,
        why: 'it does not say whether the number belongs to both',
      })
    }
  }
}

function share(
  carrying: Carrying,
  joined: { at: number; join: Piece & { is: 'join' }; isNegated: boolean },
  earlier: Clause,
  later: Clause,
): void {
  const negation = carrying.pieces[joined.at - 1]
  const isDenied = negation?.is === 'not'
  const objects = sharedObjects(carrying, earlier, later)
  const doubt = (why: string) => carrying.problems.push({ start: earlier.start, end: later.end, why })
  if (joined.isNegated || joined.join.isComma) {
    // "Received but didn't open the campaign" needs the object; whether a period belongs to both is not said.
    if (objects !== null) replace(carrying, joined.at, { ...earlier, objects })
    const isLifelong = isDenied && negation.how === 'never'
    if (later.periods !== null && !isLifelong) doubt('it does not say whether the period belongs to both')
    return
  }
  const covers = joined.join.join !== 'and'
  if (isDenied && !covers) {
    if (negation.how !== 'never' && later.periods !== null) doubt('it does not say whether the period belongs to both')
    return
  }
  if (
    isDenied &&
    ((negation.how === 'never' && later.periods !== null) || (later.objects !== null && objects === null))
  ) {
    doubt('it does not say how far "not" reaches')
    return
  }
  const isCounted =
    later.quantity !== null &&
    later.quantity.unit !== 'money' &&
    later.about?.is === 'activity' &&
    !later.quantity.isNone
  if (isDenied && later.quantity !== null && later.quantity.values[0] !== 0) {
    // "Never ordered or spent under 500" is two statements; "haven't ordered or spent 500" may be one.
    if (negation.how !== 'never') doubt('it does not say how far "not" reaches')
    return
  }
  if (isCounted && (objects !== null || later.quantity?.unit === 'times' || joined.join.join === 'or')) {
    doubt('it does not say whether the number belongs to both')
    return
  }
  carrying.linked.add(later)
  if (later.periods !== null) {
    const said = carrying.pieces[joined.at]!
    carrying.assumptions.push({ start: said.start, end: later.end, text: 'both are about the same period' })
  }
  replace(carrying, joined.at, { ...earlier, objects, periods: later.periods })
}

/** "Opened without clicking": two verbs about the same kind of record. */
function areOfOneRecord({ vocabulary }: Carrying, one: Clause, other: Clause): boolean {
  if (one.about?.is !== 'activity' || other.about?.is !== 'activity' || one.about.name === other.about.name)
    return false
  const [first, second] = [vocabulary.activities[one.about.name], vocabulary.activities[other.about.name]]
  const areNamed = first?.objects?.kind === 'named' && second?.objects?.kind === 'named'
  return areNamed && first?.records !== undefined && first.records.of === second?.records?.of
}

/** The objects of the later verb, where the earlier one takes such objects too. */
function sharedObjects({ vocabulary }: Carrying, earlier: Clause, later: Clause): Objects | null {
  if (later.objects === null || earlier.about?.is !== 'activity' || later.about?.is !== 'activity') return null
  const one = vocabulary.activities[earlier.about.name]
  const other = vocabulary.activities[later.about.name]
  return one?.objects?.kind === other?.objects?.kind && one?.records?.of === other?.records?.of ? later.objects : null
}

/** "Or under 100", "but not in the last 7 days", "but didn't click it": clauses take over from the last full one. */
function fillForwards(carrying: Carrying): void {
  let last: number | null = null
  for (let at = 0; at < carrying.pieces.length; at += 1) {
    const piece = carrying.pieces[at]!
    if (piece.is === 'unknown') last = null
    if (piece.is !== 'clause') continue
    const source = last === null ? null : clauseAt(carrying, last)
    const filled = fill(carrying, at, piece.clause, last, source)
    if (filled !== piece.clause) replace(carrying, at, filled)
    last = at
  }
}

function fill(carrying: Carrying, at: number, clause: Clause, from: number | null, source: Clause | null): Clause {
  if (clause.objects?.isPronoun === true) return fillPronoun(carrying, at, clause)
  if (clause.about !== null) return withObject(carrying, at, held(carrying, at, clause))
  if (source === null || from === null) return clause
  shareUnit(carrying, from, source, clause)
  const own = withUnit(clause, source)
  const problem = doubtOf(carrying, at, from, clause, source)
  if (problem !== null) carrying.problems.push({ start: clause.start, end: clause.end, why: problem })
  const { about, each, edge, status, isHeld } = source
  return {
    ...own,
    about,
    edge,
    status,
    isHeld,
    each: clause.objects === null ? each : null,
    quantity: own.quantity ?? (clause.objects === null ? source.quantity : null),
    objects: clause.objects ?? source.objects,
  }
}

/** "With a phone and a birthday": what is held is said once. A negation sees to its own lists. */
function held(carrying: Carrying, at: number, clause: Clause): Clause {
  const joined = joinedBefore(carrying, at)
  const before = joined === null || joined.isNegated ? null : clauseAt(carrying, joined.at)
  const isDenied = joined !== null && carrying.pieces[joined.at - 1]?.is === 'not'
  const isNoun = clause.about?.is === 'field' || formOf(clause) === 'noun'
  return isNoun && before?.isHeld === true && !isDenied ? { ...clause, isHeld: true } : clause
}

/** "Opened the campaign but didn't click": the object is said once. */
function withObject(carrying: Carrying, at: number, clause: Clause): Clause {
  const before = clause.objects === null && clause.quantity === null ? sameKindBefore(carrying, at, clause) : null
  if (before === null || before.isNegated) return clause
  const negation = carrying.pieces[at - 1]
  const isNamed = before.objects?.items.some(({ name }) => name !== null) === true
  const isLifelong = negation?.is === 'not' && negation.how === 'never'
  if (negation?.is === 'not' && (before.objects === null || (isLifelong && !isNamed))) {
    const why = 'it does not say whether both are about the same one'
    carrying.problems.push({ start: before.start, end: clause.end, why })
  }
  return before.objects === null ? clause : { ...clause, objects: { ...before.objects, isPronoun: true } }
}

/** The clause before, joined by "and" or "without", if it is about another activity with the same named records. */
function sameKindBefore(carrying: Carrying, at: number, clause: Clause): Clause | null {
  const joined = joinedBefore(carrying, at)
  const isWithout = carrying.pieces[at - 1]?.is === 'not' && carrying.pieces[at - 2]?.is === 'clause'
  const place = joined?.join.join === 'and' ? joined.at : isWithout ? at - 2 : null
  const before = place === null ? null : clauseAt(carrying, place)
  const isDenied = place !== null && carrying.pieces[place - 1]?.is === 'not'
  return before !== null && !isDenied && areOfOneRecord(carrying, before, clause) ? before : null
}

/** "It" is what the clause before it was about. */
function fillPronoun(carrying: Carrying, at: number, clause: Clause): Clause {
  for (let before = at - 1; before >= 0; before -= 1) {
    const objects = clauseAt(carrying, before)?.objects
    if (objects && !objects.isPronoun) return { ...clause, objects: { ...objects, isPronoun: true } }
  }
  carrying.problems.push({ start: clause.start, end: clause.end, why: 'it does not say what "it" is' })
  return clause
}

/** Why it is open what exactly is carried over, or null. */
function doubtOf({ pieces }: Carrying, at: number, from: number, clause: Clause, source: Clause): string | null {
  const isNegated = pieces[at - 1]?.is === 'not'
  const wasNegated = pieces[from - 1]?.is === 'not' || source.isNegated
  const join = pieces.slice(from + 1, at).find((piece) => piece.is === 'join')
  if (wasNegated && !isNegated) return 'it does not say how far "not" reaches'
  const isPeriodOnly = clause.quantity === null && clause.objects === null
  if (isPeriodOnly && !isNegated && join?.is === 'join' && join.isComma)
    return 'it does not say whether both or either is meant'
  if (clause.objects !== null && source.periods !== null) return 'it does not say whether the period belongs to both'
  if (clause.quantity === null && clause.objects === null && isNegated && source.quantity !== null)
    return 'it does not say what "not" denies'
  if (
    clause.quantity !== null &&
    clause.periods !== null &&
    source.periods === null &&
    join?.is === 'join' &&
    !join.isComma
  ) {
    return 'it does not say whether the period belongs to both'
  }
  return null
}

/** "At least 3 but no more than 10 times": the unit is said once. */
function shareUnit(carrying: Carrying, from: number, source: Clause, clause: Clause): void {
  const unit = clause.quantity?.unit
  if (unit === null || unit === undefined || source.quantity === null || source.quantity.unit !== null) return
  replace(carrying, from, { ...source, quantity: { ...source.quantity, unit } })
}

function withUnit(clause: Clause, source: Clause): Clause {
  const quantity: Quantity | null = clause.quantity
  const unit = source.quantity?.unit ?? null
  return quantity === null || quantity.unit !== null || unit === null || quantity.isNone
    ? clause
    : { ...clause, quantity: { ...quantity, unit } }
}
