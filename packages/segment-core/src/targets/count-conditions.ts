import { treeOf } from '../checking/check-rule.ts'
import type { Rule } from '../language/rule.ts'
import { isGroup, type Settled, settle } from '../language/settle.ts'
import type { Tree } from '../language/tree.ts'
import { allOf, identifier, listOf, type Sql, sql } from '../sql/sql-fragment.ts'
import { type CompiledSql, type SqlOptions, startCompiling, writtenSql } from './compile-sql.ts'
import { scopeOf } from './compiling.ts'
import { conditionSql } from './condition-sql.ts'

/** One statement that counts, in one row, for whom each condition and each group of a rule holds. */
export interface ConditionCounts extends CompiledSql {
  /** What the columns of the row count. */
  readonly nodes: readonly CountedNode[]
}

/** A condition or a group of the rule, and the columns that belong to it. */
export interface CountedNode {
  /** JSON Pointer to it. */
  readonly path: string
  readonly kind: 'condition' | 'group' | 'segment'
  /** Column with how many it holds for. */
  readonly count: string
  /** Column with how many of them it holds for only because a value is missing; absent where nobody can be one. */
  readonly onlyMissing?: string
}

/**
 * Compiles a rule to a statement that shows where people drop out: a SELECT of one row with a count for each condition
 * and each group, and for each how many are in it only because a value is missing. Segments count as one condition.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 * @throws CannotCompileError when the database cannot answer it exactly with what it is given
 */
export function countConditions(rule: Rule, options: SqlOptions): ConditionCounts {
  const { table } = startCompiling(options)
  const columns: Sql[] = []
  const nodes: CountedNode[] = []
  const { quote } = table.compiling.dialect
  const addColumn = (name: string, condition: Settled): string => {
    const isOne = conditionSql(condition, table)
    columns.push(sql`COALESCE(SUM(CASE WHEN ${isOne} THEN 1 ELSE 0 END), 0) AS ${identifier(name, quote)}`)
    return name
  }
  for (const tree of nodesOf(treeOf(rule, options.catalog, options.segments))) {
    const number = nodes.length
    const settled = settle(tree)
    const known = whereKnown(settled)
    const only = known === settled ? undefined : ({ kind: 'all', parts: [settled, negation(known)], path: '' } as const)
    const count = addColumn(`count_${number}`, settled)
    nodes.push({
      path: tree.path,
      kind: kindOf(tree),
      count,
      ...(only && { onlyMissing: addColumn(`missing_${number}`, only) }),
    })
  }
  const scope = scopeOf(table)
  const from = identifier(table.entity.entity.table, quote)
  const where = scope === undefined ? sql`` : sql` WHERE ${allOf([scope])}`
  return { ...writtenSql(sql`SELECT ${listOf(columns)} FROM ${from}${where}`, options, table.compiling), nodes }
}

/** The rule itself and everything joined in it, in reading order; not what stands inside a segment or a `where`. */
function nodesOf(tree: Tree): Tree[] {
  const isGroup = tree.kind === 'all' || tree.kind === 'any' || tree.kind === 'none'
  return isGroup ? [tree, ...tree.parts.flatMap(nodesOf)] : [tree]
}

function kindOf({ kind }: Tree): CountedNode['kind'] {
  if (kind === 'segment') return 'segment'
  return kind === 'fact' || kind === 'figure' ? 'condition' : 'group'
}

/** The rule as if a missing value fulfilled nothing but the question whether it is missing. */
function whereKnown(rule: Settled): Settled {
  if (isGroup(rule)) {
    const parts = rule.parts.map(whereKnown)
    return parts.every((part, index) => part === rule.parts[index]) ? rule : { ...rule, parts }
  }
  const isRequired = rule.kind === 'fact' && rule.field.isRequired
  if (!rule.negated || rule.operator === 'isSet' || isRequired) return rule
  const isSet = { ...rule, operator: 'isSet', negated: false, operand: { kind: 'nothing' } } as const
  return { kind: 'all', parts: [isSet, rule], path: rule.path }
}

function negation(rule: Settled): Settled {
  if (!isGroup(rule)) return { ...rule, negated: !rule.negated }
  return { ...rule, kind: rule.kind === 'all' ? 'any' : 'all', parts: rule.parts.map(negation) }
}
