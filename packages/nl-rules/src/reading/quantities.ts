import { type Amount, readAmount } from './amounts.ts'
import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'
import type { Comparison } from './meanings.ts'

/** How much or how often: a comparison with one number, a range, or a choice of numbers. */
export interface Quantity {
  readonly start: number
  readonly end: number
  readonly operator: Comparison | 'between' | 'in'
  readonly values: readonly number[]
  readonly unit: 'money' | 'times' | null
  /** No word or sign says how to compare, so the number is a minimum. */
  readonly isBare: boolean
  /** Compared by a sign, as in `orders > 5`. */
  readonly isSigned: boolean
  readonly codes: readonly string[]
  readonly wasSwapped: boolean
  /** "No", "nothing": the number zero that was not written as one. */
  readonly isNone: boolean
}

/** Reads "over 5000", "at least 3 times", "between 1 and 2 lakh", "1-2k", "5+", "10 or more", "exactly 3 or 5". */
export function readQuantity(sentence: Sentence, at: number): Found<Quantity> | null {
  return readRange(sentence, at) ?? readCompared(sentence, at)
}

const opposite: Readonly<Record<Comparison, Comparison>> = {
  '=': '!=',
  '!=': '=',
  '>': '<=',
  '<=': '>',
  '<': '>=',
  '>=': '<',
}

function readCompared(sentence: Sentence, at: number): Found<Quantity> | null {
  const negated = meaningAt(sentence, at, 'not')?.how === 'not' && isAt(sentence, at + 1, 'compare')
  const comparison = meaningAt(sentence, negated ? at + 1 : at, 'compare')
  let next = at + (negated ? 1 : 0) + (comparison ? 1 : 0)
  if (comparison && isAt(sentence, next, 'of')) next += 1
  const first = readAmount(sentence, next)
  if (first === null) return null
  const list = comparison?.operator === '=' && !negated ? readMoreAmounts(sentence, first) : [first]
  next = list.at(-1)!.next
  const bound = comparison === undefined ? readBound(sentence, next) : null
  if (bound !== null) next = bound.next
  const unit = readUnit(sentence, next)
  if (unit === null) return null
  // "5 times or more"
  const late = comparison === undefined && bound === null && unit.value ? readBound(sentence, unit.next) : null
  const operator = comparison?.operator ?? bound?.value ?? late?.value ?? '>='
  return quantity(sentence, at, late?.next ?? unit.next, {
    amounts: list.map(({ value }) => value),
    operator: list.length > 1 ? 'in' : negated ? opposite[operator] : operator,
    isTimes: unit.value,
    isBare: comparison === undefined && bound === null && late === null,
    isSigned: comparison?.sign === true,
  })
}

/** After "exactly": "3 or 5", "3, 4 or 5". */
function readMoreAmounts(sentence: Sentence, first: Found<Amount>): readonly Found<Amount>[] {
  const list = [first]
  for (let at = first.next; list.length < 20; ) {
    const joined =
      isSign(sentence, at, ',') && !isAt(sentence, at + 1, 'or') ? at + 1 : isSign(sentence, at, ',') ? at + 2 : at + 1
    if (!isAt(sentence, at, 'or') && !isSign(sentence, at, ',')) break
    const more = readAmount(sentence, joined)
    if (more === null || isAt(sentence, more.next, 'compare', 'bound', 'activity')) break
    list.push(more)
    at = more.next
  }
  // Only "or" makes a choice of it: "exactly 3, 5 orders" is two statements.
  const saysOr = list.slice(1).some(({ next }) => isAt(sentence, next - 2, 'or'))
  return saysOr ? list : [first]
}

/** "or more" and "+" after the number. "10 plus" only where nothing follows that "plus" could join. */
function readBound(sentence: Sentence, at: number): Found<'>=' | '<='> | null {
  const degree = isAt(sentence, at, 'or', 'and') ? meaningAt(sentence, at + 1, 'degree') : undefined
  if (degree !== undefined && readAmount(sentence, at + 2) === null) return { value: degree.operator, next: at + 2 }
  const bound =
    meaningAt(sentence, at, 'bound') ?? (isAt(sentence, at, 'upward') ? { operator: '>=' as const } : undefined)
  if (bound === undefined) return null
  const joins = isAt(sentence, at, 'and') && startsCondition(sentence, at + 1)
  // "10 at least 5": a comparison belongs to the number after it.
  const compares = isAt(sentence, at, 'compare') && readAmount(sentence, at + 1) !== null
  return joins || compares ? null : { value: bound.operator, next: at + 1 }
}

function startsCondition(sentence: Sentence, at: number): boolean {
  const isNoun = sentence.lexemes[at]?.meanings.some((it) => it.is === 'activity' && it.form === 'noun') ?? false
  return (
    !isNoun &&
    isAt(sentence, at, 'activity', 'measure', 'field', 'saying', 'not', 'compare', 'from', 'in', 'live', 'have')
  )
}

/** "times" after the number; false where there is none, null where a word of time makes a duration of it. */
function readUnit(sentence: Sentence, at: number): Found<boolean> | null {
  if (isAt(sentence, at, 'times')) return { value: true, next: at + 1 }
  if (isAt(sentence, at, 'unit') || (isSign(sentence, at, '-') && isAt(sentence, at + 1, 'unit'))) return null
  return { value: false, next: at }
}

/** "between A and B", "from A to B", "A to B", "A-B", and "from A upwards". */
function readRange(sentence: Sentence, at: number): Found<Quantity> | null {
  const opened = isAt(sentence, at, 'between') ? 'between' : isAt(sentence, at, 'from') ? 'from' : null
  const low = readAmount(sentence, opened === null ? at : at + 1)
  if (low === null) return null
  if (opened === 'from' && (isAt(sentence, low.next, 'upward', 'onwards') || isSign(sentence, low.next, '+'))) {
    return quantity(sentence, at, low.next + 1, { amounts: [low.value], operator: '>=' })
  }
  const joined = isAt(sentence, low.next, 'to') || (opened === 'between' && isAt(sentence, low.next, 'and'))
  const high = joined ? readAmount(sentence, low.next + 1) : null
  if (high === null || low.value.isTimes !== high.value.isTimes) return null
  const unit = readUnit(sentence, high.next)
  if (unit === null) return null
  return quantity(sentence, at, unit.next, {
    amounts: shareFactor(low.value, high.value),
    operator: 'between',
    isTimes: unit.value,
  })
}

/** A unit after a range covers both ends: 1–2 lakh. Not where the first end is the larger figure: 500 to 2k. */
function shareFactor(low: Amount, high: Amount): readonly Amount[] {
  const isShared = low.factor === 1 && high.factor > 1 && low.value < high.value / high.factor
  return [isShared ? { ...low, value: low.value * high.factor } : low, high]
}

interface Figures {
  readonly amounts: readonly Amount[]
  readonly operator: Quantity['operator']
  readonly isTimes?: boolean
  readonly isBare?: boolean
  readonly isSigned?: boolean
}

function quantity(sentence: Sentence, at: number, next: number, figures: Figures): Found<Quantity> {
  const { amounts, operator, isTimes = false, isBare = false, isSigned = false } = figures
  const values = amounts.map(({ value }) => value)
  const wasSwapped = operator === 'between' && values[0]! > values[1]!
  // A bare number is a minimum, but "zero visits" are none.
  const isZero = isBare && values[0] === 0
  const isMoney = amounts.some((amount) => amount.isMoney || (amount.factor >= 1e5 && !isTimes))
  return {
    value: {
      start: sentence.lexemes[at]!.start,
      end: sentence.lexemes[next - 1]!.end,
      operator: isZero ? '=' : operator,
      values: wasSwapped ? [values[1]!, values[0]!] : values,
      unit: isTimes || amounts.some((amount) => amount.isTimes) ? 'times' : isMoney ? 'money' : null,
      isBare,
      isSigned,
      codes: amounts.flatMap(({ codes }) => codes),
      wasSwapped,
      isNone: false,
    },
    next,
  }
}
