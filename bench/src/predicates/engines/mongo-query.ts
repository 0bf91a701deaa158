import { dayMs, type Moment, type MomentForm, nowMs } from '../customers/records.ts'
import type { PlainCondition, PlainRule } from '../rules/plain-rule.ts'

/** A MongoDB query. */
export interface MongoQuery {
  readonly [field: string]: readonly MongoQuery[] | { readonly [operator: string]: MongoOperand }
}

type MongoOperand = Moment | boolean | readonly string[]

/** A rule as the MongoDB query that ucast and sift read. */
export function mongoQuery(rule: PlainRule, form: MomentForm): MongoQuery {
  if ('all' in rule) return { $and: rule.all.map((part) => mongoQuery(part, form)) }
  if ('any' in rule) return { $or: rule.any.map((part) => mongoQuery(part, form)) }
  if ('not' in rule) return { $nor: [mongoQuery(rule.not, form)] }
  return { [rule.field]: operatorsOf(rule, form) }
}

function operatorsOf(condition: PlainCondition, form: MomentForm): { readonly [operator: string]: MongoOperand } {
  switch (condition.is) {
    case 'equal':
      return { $eq: condition.to }
    case 'not equal':
      return { $ne: condition.to }
    case 'at least':
      return { $gte: condition.than }
    case 'above':
      return { $gt: condition.than }
    case 'at most':
      return { $lte: condition.than }
    case 'below':
      return { $lt: condition.than }
    case 'one of':
    case 'tagged':
      return { $in: condition.of }
    case 'within last days':
      return { $gte: form(nowMs - condition.days * dayMs), $lte: form(nowMs) }
    case 'before last days':
      return { $lt: form(nowMs - condition.days * dayMs) }
  }
}
