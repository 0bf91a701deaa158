import type { Activity, AggregateCondition, Field, Records, Rule } from '@muster/segment-core'
import type { Clause } from '../reading/clause.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import type { When } from '../reading/when.ts'
import { certain, type Outcome, unclear } from './outcome.ts'
import { allOf, anyOf } from './rules.ts'
import { namedTogether, objectConditions } from './say-objects.ts'
import { assumptionsOf, sayDates, sayNumber } from './say-parts.ts'
import { type Dated, sayWhen } from './say-when.ts'

/** An activity with a record for each time. */
export function sayRecordedActivity(
  clause: Clause,
  activity: Activity,
  form: 'verb' | 'noun',
  vocabulary: Vocabulary,
  isDenied: boolean,
): Outcome {
  const { records } = activity
  const entity = vocabulary.catalog.entities[vocabulary.root.relations?.[records?.of ?? '']?.entity ?? '']
  const dateField = entity?.fields[records?.date ?? '']
  if (records === undefined || dateField === undefined) return unclear(clause, 'not understood')
  const fault = faultOf(clause, activity, form, isDenied)
  if (fault !== null) return fault
  const saying: Saying = { clause, activity, records, dateField, vocabulary, isDenied }
  return clause.edge === null ? sayCount(saying) : sayEdge(saying, clause.edge)
}

/** What is being said, with what the catalog has about it. */
interface Saying {
  readonly clause: Clause
  readonly activity: Activity
  readonly records: Records
  readonly dateField: Field
  readonly vocabulary: Vocabulary
  readonly isDenied: boolean
}

/** How often it was done: over all time a field of the root may say so, else the records are counted. */
function sayCount(saying: Saying): Outcome {
  const { clause, activity, records, dateField, vocabulary } = saying
  const dated = datesOf(saying)
  if ('problems' in dated) return dated
  const named = objectConditions(clause, activity)
  const isPlain = dated.rules.length === 0 && named.every((rule) => rule === null) && !clause.each && !clause.status
  const countField = vocabulary.root.fields[activity.count ?? '']
  if (isPlain && activity.count !== undefined && countField !== undefined && dateField.required === true) {
    const field = activity.count
    return sayTimes(saying, countField, (operator, value) => ({ field, operator, value }))
  }
  const base = [...baseConditions(clause, activity), ...eachCondition(clause, activity)]
  const outcomes = periodsOf(clause, dated.rules, saying).flatMap((period) =>
    objectsOf(clause, named).map((object) => {
      const conditions = [...base, ...period, ...object]
      const where = conditions.length === 0 ? {} : { where: allOf(conditions) }
      return sayTimes(saying, null, (operator, value) => ({
        aggregate: 'count',
        of: records.of,
        ...where,
        operator,
        value,
      }))
    }),
  )
  const failed = outcomes.find(({ rule }) => rule === null)
  return failed ?? certain(allOf(outcomes.flatMap(({ rule }) => rule ?? [])), outcomes[0]?.assumptions ?? [])
}

type Make = (operator: AggregateCondition['operator'], value: number | readonly number[]) => Rule

/** The number of times; at least once where none is said. */
function sayTimes({ clause, vocabulary }: Saying, field: Field | null, make: Make): Outcome {
  const assumptions = assumptionsOf(clause, vocabulary)
  return clause.quantity === null
    ? certain(make('>=', 1), assumptions)
    : sayNumber(clause.quantity, field, make, assumptions)
}

/** A condition for each period of the clause. */
function datesOf({ clause, records, dateField, isDenied }: Saying): { readonly rules: readonly Rule[] } | Outcome {
  const rules: Rule[] = []
  for (const when of clause.periods?.whens ?? []) {
    const said = sayWhen(records.date, dateField, when, isDenied)
    if ('why' in said) return unclear(clause.periods ?? clause, said.why)
    rules.push(said.rule)
  }
  return { rules }
}

/** The sets of conditions on the date, each of which is a count of its own: "in both January and February". */
function periodsOf(
  { periods }: Clause,
  dated: readonly Rule[],
  { records, dateField }: Saying,
): readonly (readonly Rule[])[] {
  if (dated.length > 1 && periods?.join === 'and') return dated.map((rule) => [rule])
  if (dated.length > 0) return [[anyOf(dated)]]
  // Only records that have the date stand for something that was done.
  return [dateField.required === true ? [] : [{ field: records.date, operator: 'isSet' }]]
}

/** The sets of conditions on the objects: "coffee and tea" may be in different records. */
function objectsOf({ objects }: Clause, named: readonly (Rule | null)[]): readonly (readonly Rule[])[] {
  return objects?.join === 'and' ? named.map((rule) => (rule === null ? [] : [rule])) : [namedTogether(named)]
}

/** What is wrong with how the parts of a clause go together, if anything. */
function faultOf(clause: Clause, activity: Activity, form: 'verb' | 'noun', isDenied: boolean): Outcome | null {
  const { quantity, objects, periods } = clause
  if (activity.objects?.kind === 'named' && activity.objects.needed === true && objects === null) {
    return unclear(clause, `it does not say what`)
  }
  const isOnce = quantity?.operator === '>=' && quantity.values[0] === 1
  if (activity.objects?.kind === 'named' && quantity?.unit === 'times' && !isOnce)
    return unclear(quantity, 'how often one of them is not known')
  const isSeveral = (objects !== null && objects.items.length > 1) || (periods !== null && periods.whens.length > 1)
  if (quantity !== null && isSeveral) return unclear(quantity, 'it may mean each or all together')
  if (isDenied && objects?.join === 'and' && objects.items.length > 1)
    return unclear(objects, 'it may mean any or all of them')
  if (isDenied && periods?.join === 'and' && periods.whens.length > 1)
    return unclear(periods, 'it may mean any or all of them')
  if (quantity === null || form === 'noun') return null
  if (activity.objects?.kind === 'contents' && objects !== null && quantity.unit !== 'times')
    return unclear(quantity, 'numbers of pieces are not known')
  if (activity.worth !== undefined && quantity.unit === null && !quantity.isNone && quantity.values[0] !== 0) {
    return unclear(quantity, 'it may be an amount or a number of times')
  }
  return null
}

/** The conditions on every record; a status that the text names takes the place of the activity's own. */
function baseConditions({ status }: Clause, { records }: Activity): Rule[] {
  const where = records?.where
  const own = where === undefined ? [] : 'logic' in where && where.logic === 'AND' ? [...where.conditions] : [where]
  const field = records?.status
  if (status === null || field === undefined) return own
  return [...own.filter((rule) => !('field' in rule && rule.field === field)), { field, operator: '=', value: status }]
}

function eachCondition({ each }: Clause, { records }: Activity): Rule[] {
  const amount = records?.amount
  if (each === null || amount === undefined) return []
  const isList = each.operator === 'between' || each.operator === 'in'
  return [{ field: amount, operator: each.operator, value: isList ? each.values : each.values[0]! }]
}

/** "Last ordered", "their first order". */
function sayEdge(saying: Saying, edge: 'first' | 'last'): Outcome {
  const { clause, activity, records, dateField, vocabulary, isDenied } = saying
  const { periods, quantity, objects } = clause
  const named = objectConditions(clause, activity)
  if (periods === null) return unclear(clause, 'it does not say when')
  if (quantity !== null) return unclear(quantity, 'it does not go with the first or last time')
  if (objects?.join === 'and' && named.length > 1) return unclear(objects, 'it may mean each or all together')
  const conditions = [...baseConditions(clause, activity), ...eachCondition(clause, activity), ...namedTogether(named)]
  const { of, date } = records
  const where = conditions.length === 0 ? {} : { where: allOf(conditions) }
  const say = (when: When): Dated => {
    const dated = sayWhen(date, dateField, when, isDenied)
    if ('why' in dated || !('operator' in dated.rule) || 'aggregate' in dated.rule)
      return 'why' in dated ? dated : notSaid
    const { operator, value } = dated.rule
    const figure = { aggregate: edge === 'last' ? 'max' : 'min', of, field: date, ...where, operator } as const
    return { rule: value === undefined ? figure : { ...figure, value } }
  }
  return sayDates(periods, say, isDenied, assumptionsOf(clause, vocabulary))
}

const notSaid: Dated = { why: 'not understood' }
