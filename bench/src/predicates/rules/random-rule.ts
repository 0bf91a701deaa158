import type { Random } from '../../measuring/random.ts'
import { cities, countries, tags } from '../customers/records.ts'
import type { PlainCondition, PlainRule } from './plain-rule.ts'

/** One to six conditions of every kind, joined in every way: what a process has seen before the rule that is measured. */
export function randomRule(random: Random, depth = 0): PlainRule {
  const rules = Array.from({ length: 1 + random.below(3) }, () =>
    depth < 1 && random.happens(0.4) ? randomRule(random, depth + 1) : randomCondition(random),
  )
  const joined: PlainRule = random.happens(0.5) ? { all: rules } : { any: rules }
  return random.happens(0.15) ? { not: joined } : joined
}

function randomCondition(random: Random): PlainCondition {
  const number = random.oneOf(['totalSpending', 'orderCount', 'visitCount'])
  const moment = random.oneOf(['lastVisit', 'createdAt'])
  const days = 1 + random.below(400)
  const conditions: readonly PlainCondition[] = [
    { field: number, is: random.oneOf(['at least', 'above', 'at most', 'below']), than: 1 + random.below(20) },
    { field: 'totalSpending', is: random.oneOf(['at least', 'above']), than: 100 * random.below(200) },
    { field: 'city', is: 'one of', of: cities.filter(() => random.happens(0.5)).concat('Nagpur') },
    { field: 'country', is: random.oneOf(['equal', 'not equal']), to: random.oneOf(countries) },
    { field: 'emailConsent', is: random.oneOf(['equal', 'not equal']), to: random.happens(0.5) },
    { field: 'tags', is: 'tagged', of: [random.oneOf(tags), random.oneOf(tags)] },
    { field: moment, is: random.oneOf(['within last days', 'before last days']), days },
  ]
  return random.oneOf(conditions)
}
