import type { Activity } from '@muster/segment-core'
import type { Clause } from '../reading/clause.ts'
import type { Periods } from '../reading/periods.ts'
import type { Quantity } from '../reading/quantities.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import { type Assumption, certain, type Outcome, unclear } from './outcome.ts'
import { sayMeasure } from './say-measure.ts'
import { assumption, assumptionsOf, sayDates, sayNumber } from './say-parts.ts'
import { sayRecordedActivity } from './say-recorded.ts'
import { sayAnniversary, sayWhen } from './say-when.ts'

/** Something that was done: how often, when, for how much, with what. */
export function sayActivity(
  clause: Clause,
  name: string,
  form: 'verb' | 'noun',
  vocabulary: Vocabulary,
  isDenied: boolean,
): Outcome {
  const activity = vocabulary.activities[name]
  if (activity === undefined) return unclear(clause, 'not understood')
  if (isMereNoun(clause) && !isDenied) return unclear(clause, 'it does not say how many')
  const quantity = amountIn(clause, form, activity)
  if (quantity?.unit === 'money' && clause.each === null) {
    if (form === 'verb' && activity.worth !== undefined && clause.status === null && clause.edge === null) {
      const isAny = clause.objects?.items.every(({ name: object }) => object === null) === true
      const outcome = sayMeasure(
        { ...clause, quantity, objects: isAny ? null : clause.objects },
        activity.worth,
        vocabulary,
        isDenied,
      )
      const isGuess = quantity !== clause.quantity && quantity.unit === 'money'
      return isGuess
        ? { ...outcome, assumptions: [...outcome.assumptions, assumption(quantity, 'it is an amount of money')] }
        : outcome
    }
    return unclear(quantity, 'it is an amount, not a number of times')
  }
  return activity.records === undefined
    ? sayDatedActivity(clause, activity, vocabulary, isDenied)
    : sayRecordedActivity(clause, activity, form, vocabulary, isDenied)
}

/** "Orders" by itself, without "has" or a number: it says nothing of anybody. */
function isMereNoun({ about, quantity, each, periods, objects, edge, status, isHeld }: Clause): boolean {
  if (about?.is !== 'activity' || about.form !== 'noun' || !about.isMany || isHeld) return false
  return !quantity && !each && !periods && !objects && !edge && !status
}

/** Nobody does anything a thousand times; such a number after a verb that can cost money is an amount. */
const fewestMoney = 1000

/** The quantity, as money where it can be nothing else. */
function amountIn({ quantity, objects }: Clause, form: 'verb' | 'noun', { worth, records }: Activity): Quantity | null {
  if (quantity === null || quantity.unit !== null || form !== 'verb' || worth === undefined || records === undefined)
    return quantity
  return objects === null && quantity.values.every((value) => value >= fewestMoney)
    ? { ...quantity, unit: 'money' }
    : quantity
}

/** An activity of which only its number and one date are known. */
function sayDatedActivity(clause: Clause, activity: Activity, vocabulary: Vocabulary, isDenied: boolean): Outcome {
  const { quantity, periods, edge, each } = clause
  const { count } = activity
  const assumptions = assumptionsOf(clause, vocabulary)
  if (each !== null) return unclear(each, 'not understood')
  if (clause.objects !== null || clause.status !== null) return unclear(clause.objects ?? clause, 'not understood')
  if (edge === 'first' && activity.repeats === true) return unclear(clause, 'the first time is not known')
  if (quantity !== null && periods !== null) {
    return unclear(
      { start: Math.min(quantity.start, periods.start), end: Math.max(quantity.end, periods.end) },
      'how often within a period is not known',
    )
  }
  if (quantity !== null) {
    const field = count === undefined ? undefined : vocabulary.root.fields[count]
    if (count === undefined || field === undefined || edge !== null) return unclear(quantity, 'how often is not known')
    return sayNumber(quantity, field, (operator, value) => ({ field: count, operator, value }), assumptions)
  }
  if (periods !== null) return sayDatedPeriod(clause, periods, activity, vocabulary, isDenied, assumptions)
  if (edge !== null) return unclear(clause, 'it does not say when')
  if (count !== undefined) return certain({ field: count, operator: '>=', value: 1 }, assumptions)
  return unclear(clause, 'it holds of everybody')
}

function sayDatedPeriod(
  clause: Clause,
  periods: Periods,
  { date, repeats }: Activity,
  vocabulary: Vocabulary,
  isDenied: boolean,
  assumptions: readonly Assumption[],
): Outcome {
  const field = date === undefined ? undefined : vocabulary.root.fields[date]
  if (date === undefined || field === undefined) return unclear(periods, 'when is not known')
  const isYearly = vocabulary.catalog.english?.anniversaries?.includes(date) === true
  const isFixed = periods.whens.some(({ is }) => is === 'calendar' || is === 'days')
  const isGuess = repeats === true && clause.edge === null && isFixed
  const noted = isGuess
    ? [...assumptions, assumption(periods, 'the latest time fell in it; earlier ones are not known')]
    : assumptions
  return sayDates(
    periods,
    (when) => (isYearly ? sayAnniversary(date, field, when) : sayWhen(date, field, when, isDenied)),
    isDenied,
    noted,
  )
}
