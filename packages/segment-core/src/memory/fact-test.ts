import { foldsTo } from '../language/fold.ts'
import type { Fact } from '../language/tree.ts'
import type { Asked } from '../operators/question.ts'
import { writeInstant } from '../time/calendar-day.ts'
import type { Range } from '../time/ranges.ts'
import type { Test } from './group-test.ts'
import { fieldReader, type MemoryValue } from './read-field.ts'

/**
 * A condition on a field as one function of the record. The common kinds are written as a single step, which gives the
 * answer of reading and asking apart at a fraction of the cost; a law holds the two to one another.
 */
export function factTest(fact: Fact, question: Asked): Test {
  return quickTest(fact, question) ?? plainTest(fact, question)
}

/** Reads the value, then asks. A missing value fulfils exactly the complements. */
export function plainTest(fact: Fact, question: Asked): Test {
  const read = fieldReader(fact.field)
  const holds = valueTest(fact, question)
  const { negated } = fact
  return (record) => {
    const value = read(record)
    return value === undefined ? negated : holds(value) !== negated
  }
}

/** What an operator asks, of values in the form in which they are read from records. */
function valueTest({ valueType }: Fact, question: Asked): (value: MemoryValue) => boolean {
  switch (question.of) {
    case 'presence':
      return () => true
    case 'order':
      return question.test('decimals' in valueType ? valueType.decimals : 0) as (value: MemoryValue) => boolean
    case 'quotient':
      throw new TypeError('A quotient is asked of a sum and a count')
    default:
      return question.test as (value: MemoryValue) => boolean
  }
}

/** The same in one step, for what rules ask most: comparing numbers and instants, and equality of everything else. */
function quickTest(fact: Fact, question: Asked): Test | undefined {
  const { field, valueType, operand } = fact
  if (question.of === 'truth' && operand.kind === 'truth') return quickIdentity(fact, operand.value)
  if (question.of === 'text' && operand.kind === 'texts' && (fact.operator === '=' || fact.operator === 'in')) {
    const isFolded = valueType.type === 'text' && !valueType.caseSensitive
    if (isFolded) return question.texts.length <= fewTexts ? quickFolded(fact, question.texts) : undefined
    return quickExact(fact, question.texts)
  }
  if (question.of === 'tags' && question.anyOf !== undefined && question.anyOf.length <= fewTexts)
    return quickTags(fact, question.anyOf)
  if (question.of !== 'order' || field.field.json !== undefined || question.ranges.length !== 1) return undefined
  const [range] = question.ranges as [Range]
  if (valueType.type === 'date') return quickInstant(fact, range)
  return quickNumber(fact, range, 'decimals' in valueType ? 10 ** valueType.decimals : 1)
}

/** With more texts a set is faster. */
const fewTexts = 8

/** A value that is missing or of another type is identical with none. */
function quickIdentity({ field: { name }, negated }: Fact, wanted: unknown): Test {
  return negated ? (record) => record[name] !== wanted : (record) => record[name] === wanted
}

function quickExact(fact: Fact, wanted: readonly string[]): Test | undefined {
  const { negated } = fact
  const { name } = fact.field
  const [one, other] = wanted
  if (wanted.length === 1) return quickIdentity(fact, one)
  if (wanted.length > 2) return undefined
  return (record) => {
    const value = record[name]
    return (value === one || value === other) !== negated
  }
}

function quickFolded({ field: { name }, negated }: Fact, wanted: readonly string[]): Test {
  const matches = foldedMatcher(wanted)
  return (record) => {
    const value = record[name]
    return (typeof value === 'string' && matches(value)) !== negated
  }
}

function quickTags({ field: { name }, negated }: Fact, wanted: readonly string[]): Test {
  const matches = foldedMatcher(wanted)
  return (record) => {
    const value = record[name]
    if (!Array.isArray(value)) return negated
    let isFound = false
    for (const tag of value) {
      // A list with anything else in it is not one of tags.
      if (typeof tag !== 'string') return negated
      isFound ||= matches(tag)
    }
    return isFound !== negated
  }
}

/**
 * Whether a text folds to one of some. Most are refused by their first letter: an ASCII one that no wanted text begins
 * with, in either case, and that no combining mark follows, cannot become the beginning of one.
 */
function foldedMatcher(wanted: readonly string[]): (text: string) => boolean {
  const [one] = wanted
  if (one !== undefined && wanted.length === 1) return (text) => foldsTo(text, one)
  const isFirst = new Uint8Array(128)
  for (const text of wanted) {
    for (const letter of [text.charAt(0), text.charAt(0).toUpperCase()]) isFirst[letter.charCodeAt(0)] = 1
  }
  return (text) => {
    const first = text.charCodeAt(0)
    if (first < 128 && isFirst[first] === 0 && !(text.charCodeAt(1) > 0x7f)) return false
    for (const folded of wanted) if (foldsTo(text, folded)) return true
    return false
  }
}

/** Comparing with NaN is false, as it is for a value that is no number. */
function quickNumber({ field: { name }, negated }: Fact, { low, high }: Range, scale: number): Test {
  const from = typeof low === 'bigint' ? Number(low) / scale : low / scale
  const to = typeof high === 'bigint' ? Number(high) / scale : high / scale
  if (to === Infinity) {
    return (record) => {
      const value = record[name]
      return (typeof value === 'number' && value >= from) !== negated
    }
  }
  if (from === -Infinity) {
    return (record) => {
      const value = record[name]
      return (typeof value === 'number' && value <= to) !== negated
    }
  }
  return (record) => {
    const value = record[name]
    return (typeof value === 'number' && value >= from && value <= to) !== negated
  }
}

/**
 * Text of 24 characters that ends in Z is what `toISOString` writes, or no instant at all. Such texts sort as they follow
 * one another, so those outside the range need not be read: they fail, as those that are none do.
 */
function quickInstant(fact: Fact, { low, high }: Range): Test {
  const { negated } = fact
  const { name } = fact.field
  const [from, to] = [Number(low), Number(high)]
  const fromText = isWritable(from) ? writeInstant(from) : beforeAll
  const toText = isWritable(to) ? writeInstant(to) : afterAll
  const read = fieldReader(fact.field)
  return (record) => {
    const value = record[name]
    if (typeof value === 'string' && value.length === 24 && value.charCodeAt(23) === letterZ) {
      if (value < fromText || value > toText) return negated
    }
    const instantMs = value instanceof Date ? value.getTime() : read(record)
    return (typeof instantMs === 'number' && instantMs >= from && instantMs <= to) !== negated
  }
}

const letterZ = 0x5a
const [beforeAll, afterAll] = ['', ':']
const [firstWritable, lastWritable] = [Date.UTC(1000, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)]

/** Instants of the years 1000 to 9999 are written with as many characters; bounds beyond are left to reading. */
function isWritable(instantMs: number): boolean {
  return instantMs >= firstWritable && instantMs <= lastWritable
}
