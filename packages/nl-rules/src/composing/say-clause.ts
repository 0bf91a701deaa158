import type { Activity, AggregateCondition, Contents, Duration, Field, Named, Rule } from '@muster/segment-core'
import type { Clause, ObjectItem, Span } from '../reading/clause.ts'
import { bothNumbers } from '../reading/inflect.ts'
import { type Periods, sayDuration, type When } from '../reading/periods.ts'
import type { Quantity } from '../reading/quantities.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import { type Assumption, certain, type Outcome, unclear } from './outcome.ts'
import { allOf, anyOf, not } from './rules.ts'
import { sayAnniversary, sayWhen } from './say-when.ts'

/** Turns a clause, with everything carried over into it, into a rule. `isNegated` tells whether a "not" stands around it. */
export function sayClause(clause: Clause, vocabulary: Vocabulary, isNegated: boolean): Outcome {
  const isDenied = clause.isNegated || isNegated
  const outcome = saySubject(clause, vocabulary, isDenied)
  if (outcome.rule === null || !clause.isNegated) return outcome
  return { ...outcome, rule: not(outcome.rule, vocabulary.root) }
}

function saySubject(clause: Clause, vocabulary: Vocabulary, isDenied: boolean): Outcome {
  const { about } = clause
  const unused = unusedPart(clause)
  if (unused !== null) return unclear(unused, 'it does not go with the rest')
  switch (about?.is) {
    case 'fact':
      return certain(about.rule, about.assumption === null ? [] : [assumption(clause, about.assumption)])
    case 'saying':
      return saySaying(clause, about, isDenied)
    case 'measure':
      return sayMeasure(clause, about.name, vocabulary, isDenied)
    case 'activity':
      return sayActivity(clause, about.name, about.form, vocabulary, isDenied)
    case 'field':
      return sayField(clause, about.name, vocabulary, isDenied)
    default:
      return unclear(clause, 'it does not say of what')
  }
}

/** A part that says nothing of such a subject: "last month women". Nothing that was read may be dropped. */
function unusedPart(clause: Clause): Span | null {
  const { about, quantity, each, periods, objects, edge, status } = clause
  const unused: (Span | null)[] = []
  if (about?.is === 'fact' || (about?.is === 'saying' && !about.isGlossary)) unused.push(quantity, periods)
  if (about?.is === 'saying') unused.push(quantity)
  if (about?.is === 'field' && quantity !== null) unused.push(periods)
  if (about?.is !== 'activity') unused.push(each, objects, edge === null && status === null ? null : clause)
  return unused.find((part) => part !== null) ?? null
}

function assumption({ start, end }: Span, text: string): Assumption {
  return { start, end, text }
}

/** What a quantity and a period of a clause take for granted. */
function assumptionsOf(clause: Clause, vocabulary: Vocabulary): Assumption[] {
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

// Sayings

function saySaying(clause: Clause, about: NonNullable<Clause['about']> & { is: 'saying' }, isDenied: boolean): Outcome {
  const { saying, isGlossary, words } = about
  if (!isGlossary) return certain(saying.means)
  if (clause.periods === null)
    return certain(saying.means, [assumption(clause, `"${words}" means ${sayMeaning(saying.means)}`)])
  const [when] = clause.periods.whens
  const rule = when === undefined || clause.periods.whens.length > 1 ? null : withPeriod(saying.means, when, isDenied)
  return rule === null
    ? unclear(clause.periods, `"${words}" does not go with this period`)
    : certain(rule, [assumption(clause, `"${words}" is about ${fieldsIn(rule).join(' and ')}`)])
}

/** A glossary rule in a few words, without a catalog's labels. */
function sayMeaning(rule: Rule): string {
  if ('logic' in rule) return rule.conditions.map(sayMeaning).join(rule.logic === 'OR' ? ' or ' : ' and ')
  if (!('field' in rule) || rule.field === undefined) return 'what the glossary says'
  const { value } = rule
  const said =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? sayDuration(value as Duration)
      : String(value)
  return `${rule.field} ${rule.operator} ${said}`
}

/** The fields that a rule speaks of. */
export function fieldsIn(rule: Rule): string[] {
  if ('logic' in rule) return rule.conditions.flatMap(fieldsIn)
  return 'field' in rule && rule.field !== undefined && !('aggregate' in rule) ? [rule.field] : []
}

/** The glossary's rule with another period in place of its own. */
function withPeriod(rule: Rule, when: When, isDenied: boolean): Rule | null {
  if (!('operator' in rule) || 'aggregate' in rule) return null
  const isNegative = rule.operator === 'notWithinLast'
  if (rule.operator !== 'withinLast' && !isNegative) return null
  const dated = sayWhen(rule.field, { type: 'date', recordsPast: true, column: '' }, when, isNegative || isDenied)
  if ('why' in dated || !('operator' in dated.rule) || 'aggregate' in dated.rule) return null
  if (!isNegative) return dated.rule
  if (dated.rule.operator === 'withinLast') return { ...dated.rule, operator: 'notWithinLast' }
  if (dated.rule.operator === 'during') return { ...dated.rule, operator: 'notDuring' }
  return { logic: 'NOT', conditions: [dated.rule] }
}

// Fields

function sayField(clause: Clause, name: string, vocabulary: Vocabulary, isDenied: boolean): Outcome {
  const field = vocabulary.root.fields[name]
  if (field === undefined) return unclear(clause, 'not understood')
  const assumptions = assumptionsOf(clause, vocabulary)
  if (clause.quantity !== null) {
    if (field.type !== 'number' && field.type !== 'money') return unclear(clause.quantity, 'it is not a number')
    return sayNumber(clause.quantity, field, (operator, value) => ({ field: name, operator, value }), assumptions)
  }
  if (clause.periods !== null) {
    const isYearly = vocabulary.catalog.english?.anniversaries?.includes(name) === true
    return sayDates(
      clause.periods,
      (when) => (isYearly ? sayAnniversary(name, field, when) : sayWhen(name, field, when, isDenied)),
      isDenied,
      assumptions,
    )
  }
  if (!clause.isHeld && !isDenied) return unclear(clause, 'it says nothing about it')
  return certain(
    field.type === 'boolean' ? { field: name, operator: '=', value: true } : { field: name, operator: 'isSet' },
    assumptions,
  )
}

/** A comparison with a number, unless the number is not one for the field. */
function sayNumber(
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
function sayDates(
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

// Measures

function sayMeasure(clause: Clause, name: string, vocabulary: Vocabulary, isDenied: boolean): Outcome {
  const measure = vocabulary.measures[name]
  if (measure === undefined) return unclear(clause, 'not understood')
  const { periods } = clause
  const quantity = clause.quantity ?? (isDenied ? someOf(clause) : null)
  if (quantity === null) return unclear(clause, 'it does not say how much')
  if (clause.objects !== null) return unclear(clause.objects, 'spending on particular things is not known')
  const assumptions = assumptionsOf(clause, vocabulary)
  const { records, field } = measure
  const recordEntity = records && vocabulary.catalog.entities[vocabulary.root.relations?.[records.of]?.entity ?? '']
  const figure =
    recordEntity?.fields[records?.field ?? ''] ?? (field === undefined ? null : (vocabulary.root.fields[field] ?? null))
  if (periods === null) {
    if (field !== undefined)
      return sayNumber(quantity, figure, (operator, value) => ({ field, operator, value }), assumptions)
    if (records === undefined) return unclear(clause, 'the catalog does not say how it is measured')
    return sayNumber(quantity, figure, figureRule(records, records.where ?? null), assumptions)
  }
  const dateField = recordEntity?.fields[records?.date ?? '']
  if (records === undefined || dateField === undefined) return unclear(periods, 'it is known over all time only')
  const [when] = periods.whens
  if (when === undefined || periods.whens.length > 1) return unclear(periods, 'it may mean each period or all together')
  const dated = sayWhen(records.date, dateField, when, isDenied)
  if ('why' in dated) return unclear(periods, dated.why)
  const where = allOf([...(records.where === undefined ? [] : [records.where]), dated.rule])
  return sayNumber(quantity, figure, figureRule(records, where), assumptions)
}

/** Some amount: what "no spending" denies. */
function someOf({ start, end }: Span): Quantity {
  const plain = { unit: null, isBare: false, isSigned: false, codes: [], wasSwapped: false, isNone: false } as const
  return { start, end, operator: '!=', values: [0], ...plain }
}

function figureRule(
  records: { readonly of: string; readonly aggregate: AggregateCondition['aggregate']; readonly field: string },
  where: Rule | null,
) {
  const { of, aggregate, field } = records
  return (operator: AggregateCondition['operator'], value: number | readonly number[]): Rule => ({
    aggregate,
    of,
    field,
    ...(where === null ? {} : { where }),
    operator,
    value,
  })
}

// Activities

/** "Orders" by itself, without "has" or a number: it says nothing of anybody. */
function isMereNoun({ about, quantity, each, periods, objects, edge, status, isHeld }: Clause): boolean {
  if (about?.is !== 'activity' || about.form !== 'noun' || !about.isMany || isHeld) return false
  return !quantity && !each && !periods && !objects && !edge && !status
}

function sayActivity(
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

/** An activity with a record for each time. */
function sayRecordedActivity(
  clause: Clause,
  activity: Activity,
  form: 'verb' | 'noun',
  vocabulary: Vocabulary,
  isDenied: boolean,
): Outcome {
  const records = activity.records!
  const entity = vocabulary.catalog.entities[vocabulary.root.relations?.[records.of]?.entity ?? '']
  const dateField = entity?.fields[records.date]
  if (entity === undefined || dateField === undefined) return unclear(clause, 'not understood')
  const assumptions = assumptionsOf(clause, vocabulary)
  const fault = faultOf(clause, activity, form, isDenied)
  if (fault !== null) return fault
  const base = [...baseConditions(clause, activity), ...eachCondition(clause, activity)]
  const named = objectConditions(clause, activity)
  if (clause.edge !== null) {
    if (clause.objects?.join === 'and' && named.length > 1)
      return unclear(clause.objects, 'it may mean each or all together')
    return sayEdge(clause, clause.edge, activity, [...base, ...namedTogether(named)], dateField, isDenied, assumptions)
  }
  const whens = clause.periods?.whens ?? []
  const dated: Rule[] = []
  for (const when of whens) {
    const said = sayWhen(records.date, dateField, when, isDenied)
    if ('why' in said) return unclear(clause.periods!, said.why)
    dated.push(said.rule)
  }
  if (dated.length === 0 && dateField.required !== true) dated.push({ field: records.date, operator: 'isSet' })
  const isPlain =
    dated.length === 0 && named.every((rule) => rule === null) && clause.each === null && clause.status === null
  const countField = activity.count === undefined ? undefined : vocabulary.root.fields[activity.count]
  const decide = (
    make: (operator: AggregateCondition['operator'], value: number | readonly number[]) => Rule,
  ): Outcome =>
    clause.quantity === null
      ? certain(make('>=', 1), assumptions)
      : sayNumber(clause.quantity, countField ?? null, make, assumptions)
  if (isPlain && activity.count !== undefined && countField !== undefined) {
    const field = activity.count
    return decide((op, value) => ({ field, operator: op, value }))
  }
  const count =
    (conditions: readonly Rule[]) =>
    (op: AggregateCondition['operator'], value: number | readonly number[]): Rule => ({
      aggregate: 'count',
      of: records.of,
      ...(conditions.length === 0 ? {} : { where: allOf(conditions) }),
      operator: op,
      value,
    })
  const isAndOfPeriods = clause.periods?.join === 'and' && whens.length > 1
  const periodSets = isAndOfPeriods ? dated.map((rule) => [rule]) : dated.length === 0 ? [[]] : [[anyOf(dated)]]
  const objectSets =
    clause.objects?.join === 'and' ? named.map((rule) => (rule === null ? [] : [rule])) : [namedTogether(named)]
  const outcomes = periodSets.flatMap((period) =>
    objectSets.map((object) => decide(count([...base, ...period, ...object]))),
  )
  const rules = outcomes.flatMap(({ rule }) => rule ?? [])
  return rules.length < outcomes.length
    ? outcomes.find(({ rule }) => rule === null)!
    : certain(allOf(rules), assumptions)
}

/** What is wrong with how the parts of a clause go together, if anything. */
function faultOf(clause: Clause, activity: Activity, form: 'verb' | 'noun', isDenied: boolean): Outcome | null {
  const { quantity, objects, periods } = clause
  if (activity.objects?.kind === 'named' && activity.objects.needed === true && objects === null) {
    return unclear(clause, `it does not say what`)
  }
  if (activity.objects?.kind === 'named' && quantity?.unit === 'times')
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
function sayEdge(
  clause: Clause,
  edge: 'first' | 'last',
  { records }: Activity,
  base: readonly Rule[],
  dateField: Field,
  isDenied: boolean,
  assumptions: readonly Assumption[],
): Outcome {
  const { periods } = clause
  if (records === undefined || periods === null) return unclear(clause, 'it does not say when')
  if (clause.quantity !== null) return unclear(clause.quantity, 'it does not go with the first or last time')
  const { of, date } = records
  return sayDates(
    periods,
    (when) => {
      const dated = sayWhen(date, dateField, when, isDenied)
      if ('why' in dated || !('operator' in dated.rule) || 'aggregate' in dated.rule)
        return 'why' in dated ? dated : { why: 'not understood' }
      const { operator, value } = dated.rule
      const where = base.length === 0 ? {} : { where: allOf(base) }
      return {
        rule: {
          aggregate: edge === 'last' ? 'max' : 'min',
          of,
          field: date,
          ...where,
          operator,
          ...(value === undefined ? {} : { value }),
        },
      }
    },
    isDenied,
    assumptions,
  )
}

/** For each object the condition on a record that has it; null for any object. */
function objectConditions({ objects }: Clause, activity: Activity): (Rule | null)[] {
  if (objects === null || activity.objects === undefined) return []
  const kind = activity.objects
  return objects.items.map((item) =>
    kind.kind === 'contents' ? contentCondition(item, kind) : nameCondition(item, kind),
  )
}

function namedTogether(named: readonly (Rule | null)[]): Rule[] {
  const rules = named.flatMap((rule) => rule ?? [])
  return rules.length === 0 ? [] : [anyOf(rules)]
}

function nameCondition({ name }: ObjectItem, objects: Named): Rule | null {
  return name === null ? null : { field: objects.name, operator: '=', value: name }
}

/** The record holds a thing of that kind, or whose name contains the words. */
function contentCondition({ name, isQuoted, isCategory }: ObjectItem, objects: Contents): Rule | null {
  if (name === null) return null
  const has = (where: Rule): Rule => ({ aggregate: 'count', of: objects.of, where, operator: '>=', value: 1 })
  if (isCategory) return has({ field: objects.category, operator: '=', value: name })
  const names = isQuoted ? [name] : bothNumbers(name.toLowerCase())
  const contained = names.filter((one) => !names.some((other) => other !== one && one.includes(other)))
  return has(
    anyOf([
      names.length === 1
        ? { field: objects.category, operator: '=', value: names[0]! }
        : { field: objects.category, operator: 'in', value: [...names] },
      ...objects.names.flatMap((field) => contained.map((value): Rule => ({ field, operator: 'contains', value }))),
    ]),
  )
}
