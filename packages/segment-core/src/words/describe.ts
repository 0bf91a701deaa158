import { treeOf } from '../checking/check-rule.ts'
import type { Segments } from '../checking/reading.ts'
import type { Catalog } from '../language/catalog.ts'
import type { KnownEntity } from '../language/known-catalog.ts'
import { knownCatalog } from '../language/known-catalog.ts'
import type { Aggregate, Rule } from '../language/rule.ts'
import type { Figure, Tree, TreeGroup } from '../language/tree.ts'
import { unreachable } from '../language/unreachable.ts'
import { sayComparison } from './say-comparison.ts'
import { sayText } from './say-values.ts'

/**
 * Says a rule as one English sentence. Total: every rule has one, and brackets show how it is nested. "Not" means that
 * those of whom nothing is known are included.
 * @throws InvalidRuleError when the rule was not checked and is not one over this catalog
 */
export function describe(rule: Rule, catalog: Catalog, options: { readonly segments?: Segments } = {}): string {
  const { root } = knownCatalog(catalog)
  // A segment is said by its name, so rules that refer to some can be described without them.
  const tree = treeOf(rule, catalog, options.segments ?? namedOnly)
  const { many } = root.entity.label
  const sentence = isEveryone(tree) ? `all ${many}` : `${many} ${sayTree(tree, root, catalog.currency, false)}`
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}

/** Says one condition as a clause: `whose city is "Mumbai"`. */
export function sayCondition(condition: Tree, entity: KnownEntity, currency: string | undefined): string {
  return sayTree(condition, entity, currency, false)
}

function namedOnly(): unknown {
  return { everyone: true }
}

function isEveryone(tree: Tree): boolean {
  return tree.kind === 'all' && tree.parts.length === 0
}

/** A condition as a clause after the word for the records: `whose city is "Mumbai"`. */
function sayTree(tree: Tree, entity: KnownEntity, currency: string | undefined, isInner: boolean): string {
  switch (tree.kind) {
    case 'all':
    case 'any':
    case 'none':
      return sayGroup(tree, entity, currency, isInner)
    case 'segment':
      return `in the segment ${sayText(tree.id)}`
    case 'fact':
      return `whose ${tree.field.label} ${sayComparison(tree, currency)}`
    case 'figure':
      return `whose ${sayFigure(tree, entity, currency)} ${sayComparison(tree, currency)}`
    default:
      return unreachable(tree)
  }
}

function sayGroup(group: TreeGroup, entity: KnownEntity, currency: string | undefined, isInner: boolean): string {
  if (group.parts.length === 0) return 'without exception'
  const isAlone = group.parts.length === 1
  const isBracketed = group.kind === 'none' || (isInner && !isAlone)
  const parts = group.parts.map((part) => sayTree(part, entity, currency, isBracketed ? !isAlone : isInner || !isAlone))
  const joined = parts.join(group.kind === 'all' ? ' and ' : ' or ')
  return `${group.kind === 'none' ? 'not ' : ''}${isBracketed ? `(${joined})` : joined}`
}

const figures: Readonly<Record<Aggregate, (field: string, many: string, isDate: boolean) => string>> = {
  count: (_field, many) => `number of ${many}`,
  countDistinct: (field, many) => `number of different values of ${field} among ${many}`,
  sum: (field, many) => `sum of ${field} over ${many}`,
  avg: (field, many) => `average of ${field} over ${many}`,
  min: (field, many, isDate) => `${isDate ? 'first' : 'smallest'} ${field} among ${many}`,
  max: (field, many, isDate) => `${isDate ? 'last' : 'largest'} ${field} among ${many}`,
}

function sayFigure(figure: Figure<Tree>, entity: KnownEntity, currency: string | undefined): string {
  const { aggregate, field, relation, where } = figure
  const { many } = relation.target.entity.label
  const said = figures[aggregate](field?.label ?? '', many, field?.valueType.type === 'date')
  if (where !== undefined) return `${said} (${sayTree(where, relation.target, currency, false)})`
  // A field may be called "number of orders" too, and count fewer: two rules must not have one sentence.
  return [...entity.fields.values()].some(({ label }) => label === said) ? `${said} (all)` : said
}
