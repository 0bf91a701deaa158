import type {
  Activity,
  AggregateCondition,
  Catalog,
  EnglishVocabulary,
  FieldCondition,
  Rule,
} from '@muster/segment-core'

/**
 * Something that a rule says of everybody it selects, and that may be said to them:
 * - `away`: not seen for a while, or never
 * - `notYet`, `once`, `often`: has done it never, once, twice or more
 * - `valued`: has spent much
 * - `new`: came lately
 * - `celebrating`: has a day coming up, such as a birthday
 * - `at`: is in one place
 */
export type Trait =
  | { readonly is: 'away' | 'valued' | 'new' }
  | { readonly is: 'notYet' | 'once' | 'often'; readonly noun: string }
  | { readonly is: 'celebrating'; readonly day: string }
  | { readonly is: 'at'; readonly place: string }

/**
 * What a rule says of its whole audience, as far as the catalog's vocabulary explains it. Only conditions that hold for
 * everybody count: what stands in an OR or a NOT does not. Thresholds and other figures are never part of it.
 */
export function traitsOf(rule: Rule, catalog: Catalog): Trait[] {
  const traits = conjunctsOf(rule).flatMap((condition) => traitsIn(condition, catalog))
  const seen = new Set<string>()
  return traits.filter(({ is }) => {
    if (seen.has(is)) return false
    seen.add(is)
    return true
  })
}

function conjunctsOf(rule: Rule): Rule[] {
  if (!('logic' in rule)) return [rule]
  const isAnd = rule.logic === 'AND' || (rule.logic === 'OR' && rule.conditions.length === 1)
  return isAnd ? rule.conditions.flatMap(conjunctsOf) : []
}

function traitsIn(rule: Rule, { english, entities, root }: Catalog): Trait[] {
  if (english === undefined || 'logic' in rule) return []
  if ('aggregate' in rule) return aggregateTraits(rule, english)
  if (!('field' in rule)) return []
  const label = entities[root]?.fields[rule.field]?.label ?? rule.field
  const activities = Object.values(english.activities ?? {})
  return [
    ...placeTraits(rule, english),
    ...dayTraits(rule, english, label),
    ...activities.flatMap((activity) => activityTraits(rule, activity)),
    ...measureTraits(rule, english),
  ]
}

function placeTraits({ field, operator, value }: FieldCondition, { places = [] }: EnglishVocabulary): Trait[] {
  if (!places.includes(field) || (operator !== '=' && operator !== 'in')) return []
  const [place, ...others] = [value].flat()
  const isName = typeof place === 'string' && /^\p{L}[\p{L}\p{M} .'-]{0,39}$/u.test(place)
  return isName && others.length === 0 ? [{ is: 'at', place }] : []
}

function dayTraits(
  { field, operator }: FieldCondition,
  { anniversaries = [] }: EnglishVocabulary,
  label: string,
): Trait[] {
  return anniversaries.includes(field) && operator === 'anniversaryWithinNext'
    ? [{ is: 'celebrating', day: label }]
    : []
}

function activityTraits({ field, operator, value }: FieldCondition, activity: Activity): Trait[] {
  if (activity.count === field) return countTraits(operator, value, nounOf(activity))
  if (activity.date !== field) return []
  if (activity.repeats === true) return isLongAgo(operator, value) ? [{ is: 'away' }] : []
  // What happens once and is dated lately is a beginning. A day that comes round every year is none.
  return activity.count === undefined && operator === 'withinLast' && activity.verbs?.some(isBeginning) === true
    ? [{ is: 'new' }]
    : []
}

/** The verbs with which being a customer, member or user begins. */
function isBeginning(verb: string | readonly (string | undefined)[]): boolean {
  const [base = ''] = typeof verb === 'string' ? [verb] : verb
  return ['join', 'sign up', 'register', 'enrol', 'enroll', 'subscribe', 'start'].includes(base)
}

function measureTraits({ field, operator, value }: FieldCondition, { measures }: EnglishVocabulary): Trait[] {
  const isMeasured = Object.values(measures ?? {}).some((measure) => measure.field === field)
  return isMeasured && isAtLeast(operator, value, 1) ? [{ is: 'valued' }] : []
}

function aggregateTraits(condition: AggregateCondition, { activities, measures }: EnglishVocabulary): Trait[] {
  const { aggregate, of, operator } = condition
  const value = 'value' in condition ? condition.value : undefined
  if (aggregate === 'sum') {
    const isMeasured = Object.values(measures ?? {}).some(
      ({ records }) => records?.aggregate === 'sum' && records.of === of,
    )
    return isMeasured && isAtLeast(operator, value, 1) ? [{ is: 'valued' }] : []
  }
  const activity = Object.values(activities ?? {}).find(
    ({ records, count }) => records?.of === of && count !== undefined,
  )
  if (activity === undefined) return []
  if (aggregate === 'max') return isLongAgo(operator, value) ? [{ is: 'away' }] : []
  // Of some orders only, such as those of a product, nothing is said to people.
  return aggregate === 'count' && condition.where === undefined ? countTraits(operator, value, nounOf(activity)) : []
}

function countTraits(operator: string, value: unknown, noun: string): Trait[] {
  if ((operator === '=' || operator === '<=') && value === 0) return [{ is: 'notYet', noun }]
  if (operator === '<' && value === 1) return [{ is: 'notYet', noun }]
  if (operator === '=' && value === 1) return [{ is: 'once', noun }]
  return isAtLeast(operator, value, 2) ? [{ is: 'often', noun }] : []
}

function isAtLeast(operator: string, value: unknown, least: number): boolean {
  if (typeof value !== 'number') return false
  return operator === '>' ? value >= least - 1 : operator === '>=' && value >= least
}

/** Not within the last so many days, or before a span of time that is counted back from now. */
function isLongAgo(operator: string, value: unknown): boolean {
  return (
    operator === 'notWithinLast' || (operator === 'before' && (typeof value === 'object' || typeof value === 'number'))
  )
}

function nounOf({ nouns = [] }: Activity): string {
  const [noun = 'visit'] = nouns
  return typeof noun === 'string' ? noun : noun[0]
}
