import type { Settled } from '../language/settle.ts'
import type { Figure } from '../language/tree.ts'
import type { ValueType } from '../language/value-type.ts'
import { type FigureValue, figureTaker } from '../memory/figure-of.ts'
import { type DataRecord, valueReader } from '../memory/read-value.ts'
import { conditionTest, relatedReader } from '../targets/condition-test.ts'
import { writeDay, writeInstant } from '../time/calendar-day.ts'
import type { Clock } from '../time/clock.ts'

/** A value as people read it: dates as text, amounts in major units as exact decimals, tags as a list. */
export type SeenValue = string | number | boolean | readonly string[]

/** What a condition finds in a record, and what it says to it. */
export function seeLeaf(
  leaf: Settled,
  record: DataRecord,
  clock: Clock,
): { seen: SeenValue | undefined; verdict: boolean } {
  const verdict = conditionTest(leaf, clock)(record)
  if (leaf.kind === 'fact') {
    const value = valueReader(leaf.field)(record[leaf.field.name])
    if (value === undefined) return { seen: undefined, verdict }
    // Text and tags are shown as they are stored, not as they are compared.
    const isAsStored = typeof value === 'string' || typeof value === 'object'
    return { seen: isAsStored ? (record[leaf.field.name] as SeenValue) : seenValue(value, leaf.valueType), verdict }
  }
  if (leaf.kind !== 'figure') throw new TypeError('A group has no value of its own')
  const value = figureTaker(leaf.aggregate, leaf.field)(relatedReader(leaf, clock)(record))
  return { seen: value === undefined ? undefined : seenFigure(value, leaf), verdict }
}

function seenFigure(value: FigureValue, { aggregate, valueType }: Figure<unknown>): SeenValue {
  const decimals = 'decimals' in valueType ? valueType.decimals : 0
  if (typeof value === 'object') return Number(value.sum) / Number(value.count) / 10 ** decimals
  if (aggregate === 'sum') return Number(value) / 10 ** decimals
  return seenValue(Number(value), valueType)
}

function seenValue(value: number | boolean, valueType: ValueType): SeenValue {
  if (typeof value === 'boolean' || valueType.type !== 'date') return value
  return valueType.dayOnly ? writeDay(value) : writeInstant(value)
}
