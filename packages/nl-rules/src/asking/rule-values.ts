import type { Catalog, Field } from '@muster/segment-core'

/** Where a value stands: what it is compared with. */
export interface ValuePlace {
  readonly entity: string
  readonly field: string
  /** `number` also for counts; undefined for a field that there is not. */
  readonly type: Field['type'] | undefined
}

/** An object of a rule, as far as it is looked at here. */
interface Node {
  readonly aggregate?: unknown
  readonly of?: unknown
  readonly field?: unknown
}

/** No rule is nested as deep; what lies deeper is left as it is, and refused as a rule. */
const deepest = 64

/** A rule with its texts changed where they are values. Total on any JSON; everything else stays as it is. */
export function withValues(
  json: unknown,
  catalog: Catalog,
  change: (text: string, place: ValuePlace) => string | number,
): unknown {
  return within(json, catalog.root, 0)

  function within(node: unknown, entity: string, depth: number): unknown {
    if (depth > deepest) return node
    if (Array.isArray(node)) return node.map((inner) => within(inner, entity, depth + 1))
    if (!isObject(node)) return node
    const place = placeOf(node, entity, catalog)
    const entries = Object.entries(node).map(([key, inner]): [string, unknown] => {
      switch (key) {
        case 'conditions':
          return [key, within(inner, entity, depth + 1)]
        case 'where':
          return [key, within(inner, place.entity, depth + 1)]
        case 'value':
          return [key, changed(inner, (text) => change(text, place))]
        default:
          return [key, inner]
      }
    })
    return Object.fromEntries(entries)
  }
}

function changed(value: unknown, change: (text: string) => string | number): unknown {
  if (typeof value === 'string') return change(value)
  return Array.isArray(value)
    ? value.map((inner: unknown) => (typeof inner === 'string' ? change(inner) : inner))
    : value
}

function placeOf(node: Node, entity: string, { entities }: Catalog): ValuePlace {
  const { aggregate, of: relation, field } = node
  const relations = own(entities, entity)?.relations ?? {}
  const compared = typeof relation === 'string' ? (own(relations, relation)?.entity ?? '') : entity
  const name = typeof field === 'string' ? field : ''
  const isCount = aggregate === 'count' || aggregate === 'countDistinct'
  const declared = own(own(entities, compared)?.fields ?? {}, name)
  return { entity: compared, field: name, type: isCount ? 'number' : declared?.type }
}

/** Names come from a model: those of every object, such as `constructor`, are none of the catalog's. */
function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function isObject(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}
