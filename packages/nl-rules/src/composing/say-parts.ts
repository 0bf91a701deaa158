import type { AggregateCondition, Field, Rule } from '@muster/segment-core'
import type { Clause, Span } from '../reading/clause.ts'
import type { Periods } from '../reading/periods.ts'
import type { Quantity } from '../reading/quantities.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import type { When } from '../reading/when.ts'
import { type Assumption, certain, type Outcome, unclear } from './outcome.ts'
import { anyOf } from './rules.ts'
import type { sayWhen } from './say-when.ts'

/** Something that is taken for granted. */
export function assumption({ start, end }: Span, text: string): Assumption {
  return { start, end, text }
}

/** What a quantity and a period of a clause take for granted. */
export function assumptionsOf(clause: Clause, vocabulary: Vocabulary): Assumption[] {
  const found: Assumption[] = []
  const currency = vocabulary.catalog.currency
  for (const quantity of [clause.quantity, clause.each]) {
    if (quantity?.wasSwapped === true)
      found.push(assumption(quantity, `the range is from ${quantity.values.join(' to ')}`))
    if (quantity && quantity.codes.length > 0 && currency !== undefined && !quantity.codes.includes(currency)) {
      found.push(assumption(quantity, `amounts are in ${currency}`))
    }
  }
  if (clause.periods !== null && clause.periods.assumption !== null)
    found.push(assumption(clause.periods, clause.periods.assumption))
  return found
}

/** A comparison with a number, unless the number is not one for the field. */
export function sayNumber(
  quantity: Quantity,
  field: Field | null,
  make: (operator: AggregateCondition['operator'], value: number | readonly number[]) => Rule,
  assumptions: readonly Assumption[],
): Outcome {
  const decimals = field?.type === 'money' ? (field.decimals ?? 2) : null
  if (decimals !== null && quantity.values.some((value) => !hasDecimals(value, decimals))) {
    return unclear(quantity, `an amount has at most ${decimals} decimals`)
  }
  if (quantity.unit === 'times' && field?.type === 'money')
    return unclear(quantity, 'it is an amount, not a number of times')
  const isList = quantity.operator === 'between' || quantity.operator === 'in'
  return certain(make(quantity.operator, isList ? quantity.values : quantity.values[0]!), assumptions)
}

function hasDecimals(value: number, decimals: number): boolean {
  return (
    Math.abs(value) < 1e13 && (String(value).split('.')[1] ?? '').length <= decimals && !String(value).includes('e')
  )
}

/** One condition for each period, joined as the text joins them. */
export function sayDates(
  periods: Periods,
  say: (when: When) => ReturnType<typeof sayWhen>,
  isDenied: boolean,
  assumptions: readonly Assumption[],
): Outcome {
  const rules: Rule[] = []
  for (const when of periods.whens) {
    const dated = say(when)
    if ('why' in dated) return unclear(periods, dated.why)
    rules.push(dated.rule)
  }
  if (periods.whens.length > 1 && periods.join === 'and')
    return unclear(periods, isDenied ? 'it may mean any or all of them' : 'it cannot be both')
  return certain(anyOf(rules), assumptions)
}
