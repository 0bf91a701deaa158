import {
  type Aggregate,
  type Catalog,
  checkRule,
  describe,
  type Entity,
  type Field,
  type Operator,
  type Rule,
} from '@muster/segment-core'
import { type Compared, type Comparison, readComparison } from './read-comparison.ts'
import { readQuoted } from './read-values.ts'
import { createScanner, type Scanner } from './scanner.ts'

/**
 * Reads a sentence as `describe` writes it, and only such: the rule that it says, or null. Whatever comes out has been
 * said again, and says the same, so nothing is ever half understood.
 */
export function readBack(text: string, catalog: Catalog): Rule | null {
  const sentence = text.trim()
  const root = catalog.entities[catalog.root]
  if (root === undefined || !looksSaid(sentence, root)) return null
  const scanner = createScanner(sentence)
  scanner.match(new RegExp(`${escaped(root.label.many)} `, 'iy'))
  const rule = readGroup(scanner, root, { catalog, depth: 0 })
  if (rule === null || !scanner.eat('.') || !scanner.isAtEnd()) return null
  const checked = checkRule(rule, catalog)
  if (!checked.ok) return null
  return 'everyone' in rule || describe(checked.rule, catalog) === sentence ? checked.rule : null
}

/** Most texts are none of ours, and this is quickly seen. */
function looksSaid(text: string, { label: { many } }: Entity): boolean {
  const rest = text.slice(many.length)
  return (
    text.toLowerCase().startsWith(`${many.toLowerCase()} `) &&
    /^ (?:whose |not \(|\(|without exception|in the segment ")/.test(rest) &&
    text.endsWith('.')
  )
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

interface Context {
  readonly catalog: Catalog
  readonly depth: number
}

/** As deep as rules go. */
const deepest = 40

function readGroup(scanner: Scanner, entity: Entity, context: Context): Rule | null {
  if (context.depth > deepest) return null
  const first = readPart(scanner, entity, context)
  if (first === null) return null
  const word = scanner.eat(' and ') ? ' and ' : scanner.eat(' or ') ? ' or ' : null
  if (word === null) return first
  const conditions = [first]
  do {
    const part = readPart(scanner, entity, context)
    if (part === null) return null
    conditions.push(part)
  } while (scanner.eat(word))
  return { logic: word === ' and ' ? 'AND' : 'OR', conditions }
}

function readPart(scanner: Scanner, entity: Entity, context: Context): Rule | null {
  const inner = { ...context, depth: context.depth + 1 }
  const bracket = scanner.match(/(not )?\(/y)
  if (bracket !== null) {
    const rule = readGroup(scanner, entity, inner)
    if (rule === null || !scanner.eat(')')) return null
    return bracket[1] === undefined ? rule : none(rule)
  }
  if (scanner.eat('without exception')) return { everyone: true }
  if (scanner.eat('in the segment ')) {
    const segment = readQuoted(scanner)
    return segment === null ? null : { segment }
  }
  return scanner.eat('whose ') ? (readFact(scanner, entity) ?? readFigure(scanner, entity, inner)) : null
}

function none(rule: Rule): Rule {
  return { logic: 'NOT', conditions: 'logic' in rule && rule.logic === 'OR' ? rule.conditions : [rule] }
}

const complements: Readonly<Partial<Record<Operator, Operator>>> = {
  '=': '!=',
  in: 'notIn',
  between: 'notBetween',
  contains: 'notContains',
  withinLast: 'notWithinLast',
  during: 'notDuring',
  hasAny: 'hasNone',
}

/** "Is not" is an operator of its own where there is one. */
function compared(make: (comparison: Omit<Comparison, 'isNegated'>) => Rule, comparison: Comparison): Rule {
  const { isNegated, operator, ...rest } = comparison
  const complement = complements[operator]
  if (!isNegated) return make({ operator, ...rest })
  return complement === undefined
    ? { logic: 'NOT', conditions: [make({ operator, ...rest })] }
    : make({ operator: complement, ...rest })
}

/** A field by its label: the longest one that a comparison follows. */
function readFact(scanner: Scanner, entity: Entity): Rule | null {
  const place = scanner.place()
  for (const [field, { type }, label] of byLabel(entity)) {
    if (scanner.eat(label)) {
      const comparison = readComparison(scanner, type)
      if (comparison !== null) return compared((rest) => ({ field, ...rest }), comparison)
    }
    scanner.returnTo(place)
  }
  return null
}

function byLabel(entity: Entity): (readonly [name: string, field: Field, label: string])[] {
  return Object.entries(entity.fields)
    .map(([name, field]) => [name, field, labelOf(name, field)] as const)
    .toSorted((one, other) => other[2].length - one[2].length)
}

/** The label as sentences have it: without one, the name split at its capitals. */
function labelOf(name: string, { label }: Field): string {
  return (
    label ??
    name
      .replaceAll('_', ' ')
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
  )
}

type Form = readonly [before: string, aggregate: Aggregate, between: string]
const forms: readonly Form[] = [
  ['number of different values of ', 'countDistinct', ' among '],
  ['number of ', 'count', ''],
  ['sum of ', 'sum', ' over '],
  ['average of ', 'avg', ' over '],
  ['first ', 'min', ' among '],
  ['smallest ', 'min', ' among '],
  ['last ', 'max', ' among '],
  ['largest ', 'max', ' among '],
]

function readFigure(scanner: Scanner, entity: Entity, context: Context): Rule | null {
  const place = scanner.place()
  for (const [of, relation] of Object.entries(entity.relations ?? {})) {
    const target = context.catalog.entities[relation.entity]
    if (target === undefined) continue
    for (const form of forms) {
      const rule = readForm(scanner, of, target, form, context)
      if (rule !== null) return rule
      scanner.returnTo(place)
    }
  }
  return null
}

function readForm(
  scanner: Scanner,
  of: string,
  target: Entity,
  [before, aggregate, between]: Form,
  context: Context,
): Rule | null {
  if (!scanner.eat(before)) return null
  const place = scanner.place()
  const fields: readonly (readonly [string | null, Compared, string])[] =
    between === '' ? [[null, 'number', '']] : byLabel(target).map(([name, { type }, label]) => [name, type, label])
  for (const [field, type, label] of fields) {
    scanner.returnTo(place)
    if (!scanner.eat(`${label}${between}${target.label.many}`)) continue
    const where = !scanner.eat(' (all)') && scanner.eat(' (') ? readGroup(scanner, target, context) : null
    if (where !== null && !scanner.eat(')')) continue
    const comparison = readComparison(scanner, aggregate === 'countDistinct' ? 'number' : type)
    if (comparison === null) continue
    const figure = { aggregate, of, ...(field === null ? {} : { field }), ...(where === null ? {} : { where }) }
    return compared((rest) => ({ ...figure, ...rest }), comparison)
  }
  return null
}
