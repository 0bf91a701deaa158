import type { Clause, Span } from '../reading/clause.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import { certain, type Outcome, unclear } from './outcome.ts'
import { not } from './rules.ts'
import { sayActivity } from './say-activity.ts'
import { sayField } from './say-field.ts'
import { sayMeasure } from './say-measure.ts'
import { assumption } from './say-parts.ts'
import { saySaying } from './say-saying.ts'

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
      return saySaying(clause, about, vocabulary.catalog, isDenied)
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
