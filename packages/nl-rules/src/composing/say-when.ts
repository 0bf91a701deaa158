import type { Field, FieldCondition, Rule } from '@muster/segment-core'
import { dayAfter, dayBefore, type When } from '../reading/when.ts'
import { allOf } from './rules.ts'

/** A condition on a date field, or why the words do not make one. */
export type Dated = { readonly rule: Rule } | { readonly why: string }

/** What was said about when, of a date field. `isNegated` tells whether it is said of something not done. */
export function sayWhen(name: string, field: Field, when: When, isNegated: boolean): Dated {
  const condition = (operator: FieldCondition['operator'], value: NonNullable<FieldCondition['value']>): Dated => ({
    rule: { field: name, operator, value },
  })
  switch (when.is) {
    case 'last':
      if (field.type === 'date' && field.dayOnly === true && 'hours' in when.duration)
        return { why: 'a day has no hours' }
      if (!isNegated && (when.said === 'for' || when.said === 'in' || when.said === 'more than')) {
        return { why: 'it does not say clearly when; say "in the last …"' }
      }
      return condition('withinLast', when.duration)
    case 'next':
      return field.type === 'date' && field.recordsPast === true
        ? { why: 'what lies ahead is not known' }
        : condition('withinNext', when.duration)
    case 'ago':
      return condition('before', when.duration)
    case 'calendar':
      return when.offset > 0 && field.type === 'date' && field.recordsPast === true
        ? { why: 'what lies ahead is not known' }
        : condition('during', { period: when.period, offset: when.offset })
    case 'days':
      return when.from === when.to ? condition('on', when.from) : condition('between', [when.from, when.to])
    case 'since':
      return condition('after', dayBefore(when.day))
    case 'after':
      return condition('after', when.day)
    case 'before':
      return condition('before', when.day)
    case 'until':
      return condition('before', dayAfter(when.day))
    case 'unclear':
      return { why: when.why }
  }
}

/** What was said about when, of a day that comes round every year. */
export function sayAnniversary(name: string, field: Field, when: When): Dated {
  const soon = (days: number): Rule => ({ field: name, operator: 'anniversaryWithinNext', value: { days } })
  switch (when.is) {
    case 'next':
    case 'last': {
      const days = daysOf(when.duration)
      const isAhead = when.is === 'next' || when.said === 'within'
      return isAhead && days !== null && days <= 366 ? { rule: soon(days) } : { why: 'say "in the next … days"' }
    }
    case 'calendar':
      if (when.period === 'week' || when.period === 'month') {
        return { rule: { field: name, operator: 'anniversaryIn', value: { period: when.period, offset: when.offset } } }
      }
      if (when.period === 'day' && when.offset === 0) return { rule: soon(0) }
      if (when.period === 'day' && when.offset === 1)
        return { rule: allOf([soon(1), { logic: 'NOT', conditions: [soon(0)] }]) }
      return { why: 'of a day that comes every year, only weeks and months can be asked' }
    case 'days':
      if (when.month !== null) return { rule: { field: name, operator: 'anniversaryIn', value: { month: when.month } } }
      return when.hasYear
        ? sayWhen(name, field, when, false)
        : { why: 'of a day that comes every year, only whole months can be asked' }
    case 'since':
    case 'after':
    case 'before':
    case 'until':
      return when.hasYear ? sayWhen(name, field, when, false) : { why: 'name the year' }
    case 'ago':
      return { why: 'age is not known' }
    case 'unclear':
      return { why: when.why }
  }
}

function daysOf(duration: object): number | null {
  if ('days' in duration && typeof duration.days === 'number') return duration.days
  return 'weeks' in duration && typeof duration.weeks === 'number' ? duration.weeks * 7 : null
}
