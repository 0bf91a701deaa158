import type { Settled } from '../language/settle.ts'
import type { Fact, Figure } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import { asked } from '../operators/asked.ts'
import type { Asked } from '../operators/question.ts'
import { truthColumn } from '../sql/columns.ts'
import { allOf, anyOf, type Sql, sql } from '../sql/sql-fragment.ts'
import { cheapFirst } from './cheap-first.ts'
import type { TableInSql } from './compiling.ts'
import { daysOf, fieldIsMissing, fieldIsSet, orderedOf, textIsSet, textOf, truthOf } from './field-sql.ts'
import { figureSql, figuresTogetherSql, needsRelated } from './figure-sql.ts'
import { figuresTogether } from './figures-together.ts'
import { keptRowsSql } from './kept-rows-sql.ts'
import { shareLeft } from './selectivity.ts'
import { tagsOf } from './tags-sql.ts'
import { isNarrow, narrowest } from './window-of.ts'

/** A settled rule as a condition over a table. Each part of it is true or false, never NULL. */
export function conditionSql(rule: Settled, table: TableInSql): Sql {
  switch (rule.kind) {
    case 'all':
      return allSql(rule.parts, table)
    case 'any':
      return anyOf(cheapFirst(rule.parts).map((part) => conditionSql(part, table)))
    case 'fact':
      return factSql(rule, table)
    case 'figure':
      return figureSql(rule, table, conditionSql)
    default:
      return unreachable(rule)
  }
}

/**
 * Conditions joined by AND. Where those on fields leave few records, figures are taken for each of these; otherwise for
 * all at once, and several over the same related rows in one pass.
 */
function allSql(parts: readonly Settled[], table: TableInSql): Sql {
  const figures = parts.filter((part) => part.kind === 'figure')
  const others = cheapFirst(parts.filter((part) => part.kind !== 'figure'))
  const share = table.areFewLeft ? 0 : shareLeft(others, table)
  const inside = { ...table, areFewLeft: share < table.compiling.dialect.fewShare }
  return allOf([...others.map((part) => conditionSql(part, inside)), ...figuresSql(figures, share, inside)])
}

/** The rows of a short time are quickly read, so that even fewer records must be left before each is asked for its own. */
function figuresSql(figures: readonly Figure<Settled>[], share: number, table: TableInSql): readonly Sql[] {
  if (!table.areFewLeft) return figuresOfManySql(figures, table)
  const { clock } = table.compiling
  const leading = share < veryFewShare ? undefined : figures.find((figure) => isNarrow(figure, clock))
  return ledBy(leading, figures, table)
}

const veryFewShare = 0.02

/** Those that look at a short time are taken first where one of them leaves few records to the others. */
function figuresOfManySql(figures: readonly Figure<Settled>[], table: TableInSql): readonly Sql[] {
  const quick = figures.filter((figure) => isNarrow(figure, table.compiling.clock))
  if (!quick.some((figure) => needsRelated(figure, table))) return figuresAtOnceSql(figures, table)
  const others = figures.filter((figure) => !quick.includes(figure))
  return [...figuresAtOnceSql(quick, table), ...ledBy(undefined, others, { ...table, areFewLeft: true })]
}

/**
 * Several figures over the same rows in one pass. Of the rest one that looks at a short time leaves few to the others;
 * where each is taken cheaply, any one does.
 */
function figuresAtOnceSql(figures: readonly Figure<Settled>[], table: TableInSql): readonly Sql[] {
  const { dialect, clock } = table.compiling
  const needs = (figure: Figure<Settled>) => needsRelated(figure, table)
  const canTogether = dialect.takesFiguresTogether && figures.length > 1
  const { together, alone } = canTogether ? figuresTogether(figures, needs) : { together: [], alone: figures }
  const inOnePass = together.map(({ first, others }) => figuresTogetherSql(first, others, table, conditionSql))
  const leads = (figure: Figure<Settled>) => needs(figure) && (dialect.takesEachCheaply || isNarrow(figure, clock))
  const leading = inOnePass.length > 0 ? undefined : narrowest(alone.filter(leads), clock)
  const areFewLeft = leading !== undefined || (dialect.takesEachCheaply && inOnePass.length > 0)
  return [...inOnePass, ...ledBy(leading, alone, { ...table, areFewLeft })]
}

/** One figure for all at once, the others as they are taken where it has left its few. */
function ledBy(
  leading: Figure<Settled> | undefined,
  figures: readonly Figure<Settled>[],
  table: TableInSql,
): readonly Sql[] {
  const first = leading && figureSql(leading, { ...table, areFewLeft: false }, conditionSql)
  const others = figures.filter((figure) => figure !== leading)
  return [...(first === undefined ? [] : [first]), ...others.map((figure) => figureSql(figure, table, conditionSql))]
}

function factSql(fact: Fact, table: TableInSql): Sql {
  const kept = keptRowsSql(fact, table, keptValueSql)
  if (kept !== undefined) return kept
  const question = asked(fact, table.compiling.clock)
  if (fact.valueType.type === 'tags') return tagsSql(fact, question, table)
  if (question.of === 'presence') return presenceSql(fact, table)
  if (fact.negated) return complementSql(fact, question, table)
  const isSet = question.of === 'text' ? textIsSet(fact.field, table) : fieldIsSet(fact.field, table)
  const holds = holdsSql(question, fact, table)
  return isSet === undefined ? holds : allOf([isSet, holds])
}

/** What is asked of a value that is kept in a row. */
function keptValueSql(fact: Fact, row: TableInSql): Sql | undefined {
  const question = asked(fact, row.compiling.clock)
  return question.of === 'presence' ? undefined : holdsSql(question, fact, row)
}

/** The complement holds for a missing value too. Outside of one range it is written in comparisons that an index meets. */
function complementSql(fact: Fact, question: Asked, table: TableInSql): Sql {
  const outside = outsideSql(question, fact, table)
  if (outside !== undefined) {
    const isMissing = fieldIsMissing(fact.field, table)
    return isMissing === undefined ? outside : anyOf([isMissing, outside])
  }
  const isSet = question.of === 'text' ? textIsSet(fact.field, table) : fieldIsSet(fact.field, table)
  const holds = holdsSql(question, fact, table)
  return isSet === undefined ? not(holds) : anyOf([not(isSet), not(holds)])
}

function outsideSql(question: Asked, { field }: Fact, table: TableInSql): Sql | undefined {
  if (question.of === 'order' && question.ranges.length === 1) {
    return orderedOf(field, table).isOutside(question.ranges[0]!)
  }
  if (question.of === 'days' && !question.isEveryYear && question.ranges.length === 1) {
    return daysOf(field, table).isOutside(question.ranges[0]!)
  }
  return undefined
}

function presenceSql({ field, negated }: Fact, table: TableInSql): Sql {
  return negated ? (fieldIsMissing(field, table) ?? anyOf([])) : (fieldIsSet(field, table) ?? allOf([]))
}

function holdsSql(question: Asked, { field }: Fact, table: TableInSql): Sql {
  switch (question.of) {
    case 'text':
      return question.sql(textOf(field, table))
    case 'truth':
      return question.sql(truthColumn(truthOf(field, table)))
    case 'order':
      return question.sql(orderedOf(field, table))
    case 'days':
      return question.sql(daysOf(field, table))
    default:
      throw new TypeError(`A single value is not asked for its ${question.of}`)
  }
}

function tagsSql({ field, negated }: Fact, question: Asked, table: TableInSql): Sql {
  const tags = tagsOf(field, table)
  const holds = question.of === 'tags' ? question.sql(tags) : tags.isSet
  return negated ? not(holds) : holds
}

function not(condition: Sql): Sql {
  return sql`NOT (${condition})`
}
