import type { Fact } from '../language/tree.ts'
import type { Asked } from '../operators/question.ts'
import { writeInstant } from '../time/calendar-day.ts'
import type { Range } from '../time/ranges.ts'
import { atField, numberAtField } from './at-field.ts'
import { foldedMatcher } from './folded-matcher.ts'
import type { Test } from './group-test.ts'
import { type MemoryValue, readMoment, valueReader } from './read-value.ts'

/**
 * A condition on a field as one function of the record. The common kinds are written as a single step, which gives the
 * answer of reading and asking apart at a fraction of the cost; a law holds the two to one another.
 */
export function factTest(fact: Fact, question: Asked): Test {
  return quickTest(fact, question) ?? plainTest(fact, question)
}

/** Reads the value, then asks. A missing value fulfils exactly the complements. */
export function plainTest(fact: Fact, question: Asked): Test {
  const read = valueReader(fact.field)
  const holds = valueTest(fact, question)
  const { negated } = fact
  return atField(fact.field.name, (given) => {
    const value = read(given)
    return value === undefined ? negated : holds(value) !== negated
  })
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
    if (!isFolded) return quickExact(fact, question.texts)
    return question.texts.length <= fewTexts ? quickFolded(fact, operand.values) : undefined
  }
  if (question.of === 'tags' && question.anyOf !== undefined && operand.kind === 'texts')
    return question.anyOf.length <= fewTexts ? quickTags(fact, operand.values) : undefined
  if (question.of !== 'order' || field.field.json !== undefined || question.ranges.length !== 1) return undefined
  const [range] = question.ranges as [Range]
  if (valueType.type === 'date') return quickInstant(fact, range)
  return quickNumber(fact, range, 'decimals' in valueType ? 10 ** valueType.decimals : 1)
}

/** With more texts a set is faster. */
const fewTexts = 32

/** A value that is missing or of another type is identical with none. */
function quickIdentity({ field: { name }, negated }: Fact, wanted: unknown): Test {
  return atField(name, negated ? (value) => value !== wanted : (value) => value === wanted)
}

function quickExact(fact: Fact, wanted: readonly string[]): Test | undefined {
  const { negated } = fact
  const [one, other] = wanted
  if (wanted.length === 1) return quickIdentity(fact, one)
  if (wanted.length > 2) return undefined
  return atField(fact.field.name, (value) => (value === one || value === other) !== negated)
}

function quickFolded({ field: { name }, negated }: Fact, wanted: readonly string[]): Test {
  const matches = foldedMatcher(wanted)
  return atField(name, (value) => (typeof value === 'string' && matches(value)) !== negated)
}

function quickTags({ field: { name }, negated }: Fact, wanted: readonly string[]): Test {
  const matches = foldedMatcher(wanted)
  return atField(name, (value) => {
    if (!Array.isArray(value)) return negated
    let isFound = false
    for (const tag of value) {
      // A list with anything else in it is not one of tags.
      if (typeof tag !== 'string') return negated
      isFound ||= matches(tag)
    }
    return isFound !== negated
  })
}

function quickNumber({ field: { name }, negated }: Fact, { low, high }: Range, scale: number): Test {
  return numberAtField(name, Number(low) / scale, Number(high) / scale, negated)
}

/**
 * Text of 24 characters that ends in Z is what `toISOString` writes, or no instant at all. Such texts sort as they follow
 * one another, so those outside the range need not be read: they fail, as those that are none do.
 */
function quickInstant({ field: { name }, negated }: Fact, { low, high }: Range): Test {
  const [from, to] = [Number(low), Number(high)]
  const fromText = isWritable(from) ? writeInstant(from) : beforeAll
  const toText = isWritable(to) ? writeInstant(to) : afterAll
  return atField(name, (value) => {
    if (typeof value === 'string' && value.length === 24 && value.charCodeAt(23) === letterZ) {
      if (value < fromText || value > toText) return negated
    }
    const instantMs = value instanceof Date ? value.getTime() : readMoment(value)
    return (instantMs !== undefined && instantMs >= from && instantMs <= to) !== negated
  })
}

const letterZ = 0x5a
const [beforeAll, afterAll] = ['', ':']
const [firstWritable, lastWritable] = [Date.UTC(1000, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)]

/** Instants of the years 1000 to 9999 are written with as many characters; bounds beyond are left to reading. */
function isWritable(instantMs: number): boolean {
  return instantMs >= firstWritable && instantMs <= lastWritable
}
