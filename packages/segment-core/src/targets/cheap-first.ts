import { isGroup, type Settled } from '../language/settle.ts'

/** Conditions in the order in which they cost a database: it asks them as they stand where no index decides. */
export function cheapFirst(parts: readonly Settled[]): readonly Settled[] {
  return [...parts].sort((one, other) => costOf(one) - costOf(other))
}

/** Numbers and instants, then texts, then what has to be looked for elsewhere. */
function costOf(part: Settled): number {
  if (isGroup(part)) return part.parts.some(({ kind }) => kind !== 'fact') ? 5 : 3
  if (part.kind === 'figure') return 6
  const { field, valueType } = part
  if (valueType.type === 'tags') return 4
  if (field.field.json !== undefined) return 2
  return valueType.type === 'text' || valueType.type === 'enum' ? 1 : 0
}
