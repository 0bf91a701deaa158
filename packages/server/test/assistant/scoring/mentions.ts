import type { Catalog, Field, Rule } from '@muster/segment-core'

/** What rules say of the data: for each field, as `entity.field`, the values they compare it with. */
export interface Mentions {
  readonly values: ReadonlyMap<string, readonly unknown[]>
  /** Numbers with which counts and sums of records are compared, by relation. */
  readonly figures: ReadonlyMap<string, readonly number[]>
}

/** Gathers everything that rules compare fields and figures with. */
export function mentionsOf(rules: readonly Rule[], catalog: Catalog): Mentions {
  const values = new Map<string, unknown[]>()
  const figures = new Map<string, number[]>()
  const add = <Item>(map: Map<string, Item[]>, key: string, items: readonly Item[]) =>
    map.set(key, [...(map.get(key) ?? []), ...items])
  const walk = (rule: Rule, entity: string): void => {
    if ('logic' in rule) {
      for (const inner of rule.conditions) walk(inner, entity)
    } else if ('aggregate' in rule) {
      const target = catalog.entities[entity]?.relations?.[rule.of]?.entity ?? ''
      const isFieldOfDate = rule.field !== undefined && catalog.entities[target]?.fields[rule.field]?.type === 'date'
      if (isFieldOfDate) add(values, `${target}.${rule.field}`, [rule.value])
      else
        add(
          figures,
          rule.of,
          [rule.value].flat().filter((value): value is number => typeof value === 'number'),
        )
      if (rule.where !== undefined) walk(rule.where, target)
    } else if ('field' in rule && 'operator' in rule) add(values, `${entity}.${rule.field}`, [rule.value])
  }
  for (const rule of rules) walk(rule, catalog.root)
  return { values, figures }
}

/** Values of a field on and around those that rules mention. */
export function candidates(
  key: string,
  field: Field,
  mentions: Mentions,
  instants: readonly number[],
): readonly unknown[] {
  const mentioned = (mentions.values.get(key) ?? []).flat()
  switch (field.type) {
    case 'number':
    case 'money': {
      const numbers = mentioned.filter((value) => typeof value === 'number')
      const step = field.type === 'money' ? 0.01 : 1
      // Counts and sums are never negative.
      return [0, 1, ...numbers.flatMap((value) => [value, Math.max(0, round(value - step)), round(value + step)])]
    }
    case 'text': {
      const texts = mentioned.filter((value) => typeof value === 'string')
      return [
        'Elsewhere',
        ...texts.flatMap((text) => [
          text,
          text,
          text.toUpperCase(),
          `${text}x`,
          `the ${text}`,
          `${text}s`,
          text.slice(0, -1),
        ]),
      ]
    }
    case 'enum':
      return field.values
    case 'boolean':
      return [true, false]
    case 'tags':
      return [...mentioned.filter((value) => typeof value === 'string'), 'other']
    case 'date':
      return field.dayOnly === true ? dayTexts(instants) : instants.map((instant) => new Date(instant))
  }
}

function dayTexts(instants: readonly number[]): string[] {
  return [
    ...new Set(
      instants.flatMap((instant) =>
        [0, -8_000, -12_000].map((days) => new Date(instant + days * 86_400_000).toISOString().slice(0, 10)),
      ),
    ),
  ]
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
