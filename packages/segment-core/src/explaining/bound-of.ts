import type { Fact, Figure } from '../language/tree.ts'
import { asked } from '../operators/asked.ts'
import type { Asked } from '../operators/question.ts'
import { writeDay, writeInstant } from '../time/calendar-day.ts'
import type { Clock } from '../time/clock.ts'
import type { Bound, Range } from '../time/ranges.ts'

/** What a value was compared with: ranges of numbers, days or instants with both ends included, or texts, or a truth value. */
export type BoundUsed =
  | { readonly ranges: readonly BoundRange[] }
  | { readonly texts: readonly string[] }
  | { readonly value: boolean }

/** A range, open where an end is absent. Dates are text. */
export interface BoundRange {
  readonly from?: number | string
  readonly to?: number | string
}

/** The bound of a condition, time settled; `undefined` for `isSet` and `isNotSet`. */
export function boundOf(leaf: Fact | Figure<unknown>, clock: Clock): BoundUsed | undefined {
  const { operand, valueType } = leaf
  if (operand.kind === 'nothing') return undefined
  if (operand.kind === 'texts') return { texts: operand.values }
  if (operand.kind === 'truth') return { value: operand.value }
  if (operand.kind === 'numbers') return { ranges: numberRanges(leaf, operand.values) }
  if (valueType.type !== 'date') throw new TypeError(`${valueType.type} is not compared with dates`)
  const question: Asked = asked(leaf, clock, 'aggregate' in leaf ? leaf.aggregate : undefined)
  if (question.of === 'order')
    return { ranges: near(question.ranges, clock).map((range) => written(range, writeInstant)) }
  if (question.of !== 'days') throw new TypeError('Dates are asked for their order')
  return { ranges: question.ranges.map((range) => written(range, question.isEveryYear ? writeMonthDay : writeDay)) }
}

function numberRanges({ operator }: Fact | Figure<unknown>, values: readonly number[]): BoundRange[] {
  const [low, high] = values
  switch (operator) {
    case 'between':
      return [{ from: low!, to: high! }]
    case '>':
    case '>=':
      return [{ from: low! }]
    case '<':
    case '<=':
      return [{ to: low! }]
    default:
      return values.map((value) => ({ from: value, to: value }))
  }
}

const yearMs = 366 * 86_400_000

/** Of the ranges of an anniversary, those within a year of now: they repeat. */
function near(ranges: readonly Range[], { nowMs }: Clock): readonly Range[] {
  if (ranges.length < 3) return ranges
  return ranges.filter(({ low, high }) => high >= nowMs - yearMs && low <= nowMs + yearMs)
}

function written({ low, high }: Range, write: (bound: number) => string): BoundRange {
  const isClosed = (bound: Bound) => Number.isFinite(Number(bound))
  return { ...(isClosed(low) && { from: write(Number(low)) }), ...(isClosed(high) && { to: write(Number(high)) }) }
}

function writeMonthDay(monthDay: number): string {
  return `${String(Math.floor(monthDay / 100)).padStart(2, '0')}-${String(monthDay % 100).padStart(2, '0')}`
}
