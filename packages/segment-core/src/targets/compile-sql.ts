import { treeOf } from '../checking/check-rule.ts'
import type { Segments } from '../checking/reading.ts'
import type { Catalog } from '../language/catalog.ts'
import { knownCatalog } from '../language/known-catalog.ts'
import type { Rule } from '../language/rule.ts'
import { isGroup, type Settled, settle } from '../language/settle.ts'
import type { DialectName } from '../sql/dialect.ts'
import { dialectOf } from '../sql/dialects/dialect-of.ts'
import { allOf, type Binding, functionName, identifier, listOf, type Sql, sql } from '../sql/sql-fragment.ts'
import { createClock } from '../time/clock.ts'
import { type Compiling, columnIn, scopeOf, type TableInSql } from './compiling.ts'
import { conditionSql } from './condition-sql.ts'
import { soleFigureSql, wholeFigureSql } from './figure-sql.ts'

/** What compiling to SQL goes by. */
export interface SqlOptions {
  readonly catalog: Catalog
  readonly dialect: DialectName
  /** The moment at which the rule is asked, in epoch milliseconds. */
  readonly now: number
  /** IANA name of the zone in which days are counted; the catalog's without it. */
  readonly timeZone?: string
  /** Whose rows are asked about: the value of the scope columns, needed where the catalog declares any. */
  readonly scope?: string | number
  /** The rules of saved segments, needed when the rule refers to some and was not checked with them. */
  readonly segments?: Segments
  /** A function of the database that computes `text.normalize('NFC').toLowerCase()`, for texts without a folded column. */
  readonly foldFunction?: string
  /**
   * What the caller knows, from earlier counts, about the share of all records that a condition on a field chooses,
   * from 0 to 1; `undefined` where it knows nothing. It decides the shape of the SQL, never the answer.
   */
  readonly selectivity?: (condition: Rule) => number | undefined
  /** How bound values are marked for PostgreSQL: `$1` and so on, or `?` as Knex wants it. Elsewhere always `?`. */
  readonly placeholders?: 'numbered' | 'question'
}

/** A statement or condition with its bound values, and the moment and zone that it is fixed to. */
export interface CompiledSql {
  readonly sql: string
  readonly bindings: readonly Binding[]
  readonly now: number
  readonly timeZone: string
}

/**
 * Compiles a rule to a SELECT of the primary keys of all for whom it holds, in no particular order.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 * @throws CannotCompileError when the database cannot answer it exactly with what it is given
 */
export function compileSql(rule: Rule, options: SqlOptions): CompiledSql {
  const settled = soleOf(settle(treeOf(rule, options.catalog, options.segments)))
  const { table } = startCompiling(options)
  const { compiling, entity } = table
  const whole = settled.kind === 'figure' ? wholeFigureSql(settled, table, conditionSql) : undefined
  if (whole !== undefined) return writtenSql(whole, options, compiling)
  const statements = alternatives(settled, compiling).map((rule) => {
    const where = scopedSql(rule, table)
    const from = identifier(entity.entity.table, compiling.dialect.quote)
    return sql`SELECT ${columnIn(table, entity.entity.primaryKey)} FROM ${from} WHERE ${where}`
  })
  return writtenSql(listOf(statements, ' UNION '), options, compiling)
}

/** A group of one is that one. */
function soleOf(rule: Settled): Settled {
  const [only] = isGroup(rule) ? rule.parts : []
  return only !== undefined && isGroup(rule) && rule.parts.length === 1 ? soleOf(only) : rule
}

/** The rules whose audiences together are that of a rule, where a database wants it so: otherwise the rule alone. */
function alternatives(rule: Settled, { dialect }: Compiling): readonly Settled[] {
  if (!dialect.unitesAlternatives || rule.kind !== 'any') return [rule]
  const figures = rule.parts.filter(({ kind }) => kind === 'figure')
  const others = rule.parts.filter(({ kind }) => kind !== 'figure')
  if (figures.length === 0) return [rule]
  return [...(others.length === 0 ? [] : [{ ...rule, parts: others }]), ...figures]
}

/**
 * Compiles a rule to a condition over the root's table, to be embedded in a statement that has it under its own name,
 * or under `alias`. The condition is true or false, never NULL, and holds within the scope only.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 * @throws CannotCompileError when the database cannot answer it exactly with what it is given
 */
export function compileWhere(rule: Rule, options: SqlOptions & { readonly alias?: string }): CompiledSql {
  const { table } = startCompiling(options, options.alias)
  const settled = soleOf(settle(treeOf(rule, options.catalog, options.segments)))
  return writtenSql(scopedSql(settled, table), options, table.compiling)
}

function scopedSql(rule: Settled, table: TableInSql): Sql {
  const scope = scopeOf(table)
  const sole = rule.kind === 'figure' ? soleFigureSql(rule, table, conditionSql) : undefined
  const condition = sole ?? conditionSql(rule, table)
  return scope === undefined ? condition : allOf([scope, condition])
}

/** The root's table, under its own name or an alias, for one compilation. */
export function startCompiling(options: SqlOptions, alias?: string): { readonly table: TableInSql } {
  const { root } = knownCatalog(options.catalog)
  const name = alias ?? root.entity.table
  const compiling = createCompiling(options, name)
  return {
    table: {
      entity: root,
      alias: identifier(name, compiling.dialect.quote),
      compiling,
      areFewLeft: false,
    },
  }
}

function createCompiling(options: SqlOptions, rootName: string): Compiling {
  const dialect = dialectOf(options.dialect)
  let aliases = 0
  const newAlias = (): Sql => {
    aliases += 1
    const name = `t${aliases}`
    return name === rootName ? newAlias() : identifier(name, dialect.quote)
  }
  return {
    dialect,
    clock: createClock(options.now, options.timeZone ?? options.catalog.timeZone),
    scope: options.scope,
    foldFunction: options.foldFunction === undefined ? undefined : functionName(options.foldFunction),
    isTextExact: options.catalog.exactText === true,
    selectivity: options.selectivity,
    newAlias,
  }
}

/** The finished text, with placeholders as the caller wants them. */
export function writtenSql({ text, bindings }: Sql, options: SqlOptions, { clock, dialect }: Compiling): CompiledSql {
  const isNumbered = dialect.name === 'postgresql' && options.placeholders !== 'question'
  return { sql: isNumbered ? numbered(text) : text, bindings, now: clock.nowMs, timeZone: clock.timeZone }
}

/** No literal of ours and no identifier holds a question mark, so each of them marks a bound value. */
function numbered(text: string): string {
  let count = 0
  return text.replace(/\?/g, () => {
    count += 1
    return `$${count}`
  })
}
