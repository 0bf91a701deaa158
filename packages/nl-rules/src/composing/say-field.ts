import type { Clause } from '../reading/clause.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import { certain, type Outcome, unclear } from './outcome.ts'
import { assumption, assumptionsOf, sayDates, sayNumber } from './say-parts.ts'
import { sayAnniversary, sayWhen } from './say-when.ts'

/** A field by its name: its number, its date, or that it is there. */
export function sayField(clause: Clause, name: string, vocabulary: Vocabulary, isDenied: boolean): Outcome {
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
  if (field.type === 'boolean' && !clause.isHeld && !isDenied) {
    return certain({ field: name, operator: '=', value: true }, [
      ...assumptions,
      assumption(clause, 'it is meant to be true'),
    ])
  }
  if (!clause.isHeld && !isDenied) return unclear(clause, 'it says nothing about it')
  return certain(
    field.type === 'boolean' ? { field: name, operator: '=', value: true } : { field: name, operator: 'isSet' },
    assumptions,
  )
}
