import type { Rule } from '@muster/segment-core'
import type { Clause, Piece } from '../reading/clause.ts'
import type { Vocabulary } from '../reading/vocabulary.ts'
import { carryOver } from './carry.ts'
import { type Expression, spanOf } from './expression.ts'
import { type Member, settleGlossary } from './glossary.ts'
import { join } from './join.ts'
import type { Assumption, Outcome, Problem } from './outcome.ts'
import { allOf, anyOf, not } from './rules.ts'
import { sameRecord } from './same-record.ts'
import { sayClause } from './say-clause.ts'

/** Makes one rule of the pieces of a text. What is doubtful is left out of it and reported. */
export function compose(pieces: readonly Piece[], vocabulary: Vocabulary): Outcome {
  const carried = carryOver(pieces, vocabulary)
  const joined = join(carried)
  const composing: Composing = {
    vocabulary,
    problems: [...carried.problems, ...joined.problems],
    assumptions: [...carried.assumptions],
  }
  const said = joined.expression === null ? null : say(joined.expression, composing, false)
  const isEveryone = said === null && joined.isEveryone && joined.expression === null && composing.problems.length === 0
  return {
    rule: isEveryone ? { everyone: true } : said,
    problems: composing.problems,
    assumptions: composing.assumptions,
  }
}

interface Composing {
  readonly vocabulary: Vocabulary
  readonly problems: Problem[]
  readonly assumptions: Assumption[]
}

function say(expression: Expression, composing: Composing, isNegated: boolean): Rule | null {
  switch (expression.is) {
    case 'clause':
      return saySingle(expression.clause, composing, isNegated)
    case 'all':
      return sayAll(expression, composing, isNegated)
    case 'any': {
      const rules = expression.of.flatMap((inner) => say(inner, composing, isNegated) ?? [])
      return rules.length === 0 ? null : anyOf(rules)
    }
    case 'none': {
      // What is said of something not done is said so within two negations as well.
      const rules = expression.of.flatMap((inner) => say(inner, composing, true) ?? [])
      return rules.length === 0 ? null : allOf(rules.map((rule) => not(rule, composing.vocabulary.root)))
    }
  }
}

function saySingle(clause: Clause, composing: Composing, isNegated: boolean): Rule | null {
  const outcome = sayClause(clause, composing.vocabulary, isNegated)
  composing.problems.push(...outcome.problems)
  composing.assumptions.push(...outcome.assumptions)
  return outcome.rule
}

/** Statements that all hold: those about one record become one, and a glossary word gives way to what is said outright. */
function sayAll(expression: Expression & { is: 'all' }, composing: Composing, isNegated: boolean): Rule | null {
  const members: Member[] = []
  for (const part of sameRecord(flat(expression), composing.vocabulary)) {
    const rule = part.rule ?? say(part.expression, composing, isNegated)
    const { expression: inner } = part
    const isGlossary = inner.is === 'clause' && inner.clause.about?.is === 'saying' && inner.clause.about.isGlossary
    if (rule !== null)
      members.push({
        rule,
        span: spanOf(inner),
        isDenied: inner.is === 'none',
        isGlossary: isGlossary && inner.clause.periods === null,
      })
  }
  const settled = settleGlossary(members)
  composing.problems.push(...settled.problems)
  return settled.rules.length === 0 ? null : allOf(settled.rules)
}

function flat(expression: Expression): Expression[] {
  return expression.is === 'all' ? expression.of.flatMap(flat) : [expression]
}
