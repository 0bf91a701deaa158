import type { Catalog } from '@muster/segment-core'

/** No rule is nested as deep; what lies deeper is left as it is, and refused as a rule. */
const deepest = 64

/**
 * Puts the hidden values back where a placeholder stands for a value. A hidden number becomes a number where a number
 * is compared. Total on any JSON; keys stay as they are.
 */
export function unmaskRule(json: unknown, hidden: ReadonlyMap<string, string>, catalog: Catalog): unknown {
  if (hidden.size === 0) return json
  const numeric = numericFields(catalog)
  return within(json, 0, false)

  function within(value: unknown, depth: number, isNumber: boolean): unknown {
    if (depth > deepest) return value
    if (typeof value === 'string') return unmaskValue(value, hidden, isNumber)
    if (Array.isArray(value)) return value.map((inner) => within(inner, depth + 1, isNumber))
    if (typeof value !== 'object' || value === null) return value
    const isOverNumbers = comparesNumbers(value, numeric)
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, within(inner, depth + 1, key === 'value' && isOverNumbers)]),
    )
  }
}

function unmaskValue(text: string, hidden: ReadonlyMap<string, string>, isNumber: boolean): string | number {
  const whole = hidden.get(text)
  if (whole !== undefined && isNumber) return numberIn(whole) ?? whole
  return withHidden(text, hidden)
}

/** A text with the hidden values in place of their placeholders. */
export function withHidden(text: string, hidden: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\[[A-Z]+_\d+\]/g, (placeholder) => hidden.get(placeholder) ?? placeholder)
}

function numberIn(text: string): number | null {
  const plain = text.replaceAll(',', '')
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

function comparesNumbers(condition: object, numeric: ReadonlySet<string>): boolean {
  const aggregate: unknown = Reflect.get(condition, 'aggregate')
  if (aggregate === 'count' || aggregate === 'countDistinct') return true
  const field: unknown = Reflect.get(condition, 'field')
  return typeof field === 'string' && numeric.has(field)
}

function numericFields({ entities }: Catalog): ReadonlySet<string> {
  const fields = Object.values(entities).flatMap((entity) => Object.entries(entity.fields))
  return new Set(fields.flatMap(([name, { type }]) => (type === 'number' || type === 'money' ? [name] : [])))
}
