import type { AggregateCondition, Rule } from '@muster/segment-core'
import type { Clause, Span } from '../reading/clause.ts'
import type { Quantity } from '../reading/quantities.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import { type Outcome, unclear } from './outcome.ts'
import { allOf } from './rules.ts'
import { assumptionsOf, sayNumber } from './say-parts.ts'
import { sayWhen } from './say-when.ts'

/** A figure over related records, over all time or within a period. */
export function sayMeasure(clause: Clause, name: string, vocabulary: Vocabulary, isDenied: boolean): Outcome {
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
