import type { Catalog } from '@muster/segment-core'
import { withValues } from './rule-values.ts'

/** Puts the hidden values back where a placeholder stands for a value; as numbers where numbers are compared. */
export function unmaskRule(json: unknown, hidden: ReadonlyMap<string, string>, catalog: Catalog): unknown {
  if (hidden.size === 0) return json
  return withValues(json, catalog, (text, { type }) => {
    const whole = hidden.get(text)
    const isNumber = type === 'number' || type === 'money'
    return (whole !== undefined && isNumber ? numberIn(whole) : null) ?? withHidden(text, hidden)
  })
}

/** A text with the hidden values in place of their placeholders. */
export function withHidden(text: string, hidden: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\[[A-Z]+_\d+\]/g, (placeholder) => hidden.get(placeholder) ?? placeholder)
}

function numberIn(text: string): number | null {
  const plain = text.replaceAll(',', '')
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}
