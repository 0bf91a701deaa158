import { type Found, isAt, isSign, meaningAt, type Sentence } from './lexemes.ts'

/** A number as it was written. */
export interface Amount {
  readonly value: number
  /** Written with a sign or word of money. */
  readonly isMoney: boolean
  /** The currencies that the sign or word can stand for. */
  readonly codes: readonly string[]
  /** A word like "lakh" multiplied it. */
  readonly factor: number
  /** Once, twice: a number of times. */
  readonly isTimes: boolean
}

/** Commas group in threes, or as in 1,00,000. */
const grouped = /^(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3})(?:\.\d+)?$/
/** "5.000" is five thousand to some and five to others. */
const doubtful = /\.\d{3,}$/
const longestNumber = 40

/** Reads a number: "5,000", "₹2.5 lakh", "5k", "twenty five", "a thousand rupees", "twice". */
export function readAmount(sentence: Sentence, at: number): Found<Amount> | null {
  const often = meaningAt(sentence, at, 'often')
  if (often) {
    return { value: { value: often.times, isMoney: false, codes: [], factor: 1, isTimes: true }, next: at + 1 }
  }
  const before = readCurrency(sentence, at)
  const number = readFigure(sentence, before.next) ?? readNumberWords(sentence, before.next)
  if (number === null) return null
  const { value, factor } = number.value
  const after = readCurrency(sentence, number.next)
  const codes = [...before.value, ...after.value]
  // A sign after the number that belongs to the next one: "over $5 $6" is nobody's sentence, so nothing is lost.
  const amount: Amount = { value, factor, codes, isMoney: before.next > at || after.next > number.next, isTimes: false }
  return isSign(sentence, after.next, '%') || isAt(sentence, after.next, 'ordinal')
    ? null
    : { value: amount, next: after.next }
}

/** Signs and words of money, with the "." of "Rs." and the "/-" after a figure. */
function readCurrency(sentence: Sentence, at: number): Found<readonly string[]> {
  const currency = meaningAt(sentence, at, 'currency')
  if (currency) {
    const next = isSign(sentence, at + 1, '.') && sentence.lexemes[at + 1]?.glued === true ? at + 2 : at + 1
    return { value: currency.codes, next: isSign(sentence, next, '/-') ? next + 1 : next }
  }
  return { value: [], next: isSign(sentence, at, '/-') ? at + 1 : at }
}

function readFigure(sentence: Sentence, at: number): Found<{ value: number; factor: number }> | null {
  const lexeme = sentence.lexemes[at]
  if (lexeme?.kind !== 'number' || lexeme.text.length > longestNumber) return null
  if (!grouped.test(lexeme.text) || doubtful.test(lexeme.text)) return null
  const magnitude = readMagnitude(sentence, at + 1)
  return { value: scaled(Number(lexeme.text.replaceAll(',', '')), magnitude.value), next: magnitude.next }
}

function readMagnitude(sentence: Sentence, at: number): Found<number> {
  let factor = 1
  let next = at
  for (let steps = 0; steps < 3; steps += 1) {
    const magnitude = meaningAt(sentence, next, 'magnitude')
    if (magnitude === undefined || (magnitude.gluedOnly === true && !isGlued(sentence, next))) break
    factor *= magnitude.factor
    next += 1
  }
  return { value: factor, next }
}

function isGlued(sentence: Sentence, at: number): boolean {
  return sentence.lexemes[at]?.glued === true
}

/** "twenty five", "two hundred", "five thousand five hundred", "a lakh". */
function readNumberWords(sentence: Sentence, at: number): Found<{ value: number; factor: number }> | null {
  const one = meaningAt(sentence, at, 'article')?.how === 'a' && isAt(sentence, at + 1, 'magnitude')
  if (!one && !isAt(sentence, at, 'number') && !isAt(sentence, at, 'magnitude')) return null
  if (!one && !isAt(sentence, at, 'number') && meaningAt(sentence, at, 'magnitude')?.factor === undefined) return null
  let next = one ? at + 1 : at
  let sum = 0
  let part = 0
  let factor = 1
  for (let steps = 0; steps < 8; steps += 1, next += 1) {
    const number = meaningAt(sentence, next, 'number')
    const magnitude = meaningAt(sentence, next, 'magnitude')
    if (number && !fits(part, number.value)) break
    if (number) part += number.value
    else if (magnitude && magnitude.gluedOnly !== true) {
      part = Math.max(part, 1) * magnitude.factor
      factor = Math.max(factor, magnitude.factor)
      if (magnitude.factor >= 1000) {
        sum += part
        part = 0
      }
    } else break
  }
  return next === at ? null : { value: { value: sum + part, factor }, next }
}

/** Whether a number word goes on a number: five after twenty or after a hundred, not three after five. */
function fits(part: number, value: number): boolean {
  return (
    part === 0 || (part % 100 === 0 && value < 100) || (part % 100 >= 20 && part % 10 === 0 && value > 0 && value < 10)
  )
}

/** A figure times its magnitude, without the dust of binary fractions. */
function scaled(value: number, factor: number): { value: number; factor: number } {
  return { value: Number((value * factor).toPrecision(15)), factor }
}
