import type { Rule } from '@muster/segment-core'
import type { Clause } from '../reading/clause.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import type { Expression } from './expression.ts'
import { allOf, not } from './rules.ts'
import { sayClause } from './say-clause.ts'

/** A statement, with its rule where it has been made already. */
export interface Part {
  readonly expression: Expression
  readonly rule: Rule | null
}

/** "Received the campaign but didn't open it" is one message with both: such pairs become one condition on a record. */
export function sameRecord(parts: readonly Expression[], vocabulary: Vocabulary): Part[] {
  const merged: Part[] = []
  for (const part of parts) {
    const before = merged.at(-1)
    const rule = before === undefined ? null : mergedRule(before.expression, part, vocabulary)
    if (before === undefined || rule === null || before.rule !== null) merged.push({ expression: part, rule: null })
    else merged[merged.length - 1] = { expression: { is: 'all', of: [before.expression, part] }, rule }
  }
  return merged
}

function mergedRule(first: Expression, second: Expression, vocabulary: Vocabulary): Rule | null {
  if (first.is !== 'clause' || second.is !== 'none' || second.of.length !== 1) return null
  const [denied] = second.of
  if (denied?.is !== 'clause' || !areOfOneRecord(first.clause, denied.clause, vocabulary)) return null
  const done = sayClause(first.clause, vocabulary, false).rule
  const undone = sayClause(denied.clause, vocabulary, true).rule
  if (done === null || undone === null || !('aggregate' in done) || !('aggregate' in undone)) return null
  const entity = vocabulary.catalog.entities[vocabulary.root.relations?.[done.of]?.entity ?? '']
  const own = conditionsOf(done.where).map((rule) => JSON.stringify(rule))
  const further = conditionsOf(undone.where).filter((rule) => !own.includes(JSON.stringify(rule)))
  if (entity === undefined || further.length === 0) return null
  return { ...done, where: allOf([...conditionsOf(done.where), not(allOf(further), entity)]) }
}

/** Two verbs about one named record: the second says "it" or the same name, and neither counts. */
function areOfOneRecord(first: Clause, second: Clause, { activities }: Vocabulary): boolean {
  if (
    first.about?.is !== 'activity' ||
    second.about?.is !== 'activity' ||
    first.quantity !== null ||
    second.quantity !== null
  )
    return false
  const one = activities[first.about.name]
  const other = activities[second.about.name]
  if (one?.objects?.kind !== 'named' || one.records?.of !== other?.records?.of || first.isNegated || second.isNegated)
    return false
  const names = (clause: Clause) => clause.objects?.items.map(({ name }) => name).join('\n')
  const isNamed = second.objects?.items.some(({ name }) => name !== null) === true
  return (
    second.objects?.isPronoun === true ||
    (first.objects !== null && second.objects === first.objects) ||
    (isNamed && names(first) === names(second))
  )
}

function conditionsOf(where: Rule | undefined): readonly Rule[] {
  if (where === undefined) return []
  return 'logic' in where && where.logic === 'AND' ? where.conditions : [where]
}
