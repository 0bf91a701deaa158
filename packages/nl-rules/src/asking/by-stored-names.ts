import type { Catalog } from '@muster/segment-core'
import type { KnownValues } from '../reading/known-values.ts'
import { withValues } from './rule-values.ts'

/**
 * Names the stored value where a rule names it by another name: Mumbai for Bombay. Known values do not leave for a
 * model, so it cannot know their other names.
 */
export function byStoredNames(json: unknown, knownValues: KnownValues, catalog: Catalog): unknown {
  return withValues(json, catalog, (text, { entity, field, type }) => {
    if (type !== 'text' && type !== 'tags') return text
    const values = knownValues[entity]?.[field] ?? []
    const wanted = folded(text)
    if (values.some(({ value }) => folded(value) === wanted)) return text
    return values.find(({ aliases }) => aliases?.some((alias) => folded(alias) === wanted))?.value ?? text
  })
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
