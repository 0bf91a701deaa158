import type { FieldCondition, Operator, Rule } from '@muster/segment-core'
import type { Span } from '../reading/clause.ts'
import type { Problem } from './outcome.ts'

/** One of several statements that all hold. */
export interface Member {
  readonly rule: Rule
  readonly span: Span
  /** It is what the glossary says a word means, and no more. */
  readonly isGlossary: boolean
  /** It says what does not hold. */
  readonly isDenied: boolean
}

/**
 * An explicit period or amount takes the place of the glossary's own, where both are about the same field: "VIPs who
 * spent over 50,000" spent over 50,000. Where the two point in different directions, what is meant is open.
 */
export function settleGlossary(members: readonly Member[]): {
  readonly rules: readonly Rule[]
  readonly problems: readonly Problem[]
} {
  const explicit = members
    .filter(({ isGlossary }) => !isGlossary)
    .flatMap(({ rule, span, isDenied }) => factsOf(rule).map((fact) => ({ fact, span, isDenied })))
  const problems: Problem[] = []
  const rules = members.flatMap(({ rule, isGlossary }) => {
    if (!isGlossary) return [rule]
    return partsOf(rule).filter((part) => {
      const own = factsOf(part)[0]
      const same = own === undefined ? [] : explicit.filter(({ fact }) => fact.field === own.field)
      // "VIPs except those who spent over 50,000" takes nothing back.
      const others = same.filter(({ fact, isDenied }) => !isDenied || directionOf(fact) === directionOf(own!))
      const opposed = others.find(({ fact }) => own !== undefined && areOpposed(own, fact))
      if (opposed !== undefined)
        problems.push({ ...opposed.span, why: 'it may replace what the glossary says or add to it' })
      return others.length === 0 || opposed !== undefined
    })
  })
  return { rules, problems }
}

/** Whether an explicit condition cannot simply take the place of the glossary's. */
function areOpposed(own: FieldCondition, fact: FieldCondition): boolean {
  const isBelow = fact.operator === '=' && typeof fact.value === 'number' && Number(own.value) > fact.value
  return directionOf(fact) !== directionOf(own) || own.operator === '=' || isBelow
}

function partsOf(rule: Rule): readonly Rule[] {
  return 'logic' in rule && rule.logic === 'AND' ? rule.conditions : [rule]
}

/** The field conditions that a rule consists of; a negated one counts as itself, with its direction turned. */
function factsOf(rule: Rule): FieldCondition[] {
  if ('logic' in rule)
    return rule.logic === 'NOT' ? rule.conditions.flatMap(factsOf).map(turned) : rule.conditions.flatMap(factsOf)
  return 'field' in rule && !('aggregate' in rule) ? [rule] : []
}

function turned(fact: FieldCondition): FieldCondition {
  return { ...fact, operator: directionOf(fact) === 'low' ? '>=' : 'before' }
}

const low: readonly Operator[] = ['<', '<=', 'before', 'notWithinLast', 'notDuring']

/** Whether a condition asks for little and long ago, or for much and recent. */
function directionOf({ operator }: FieldCondition): 'low' | 'high' {
  return low.includes(operator) ? 'low' : 'high'
}
