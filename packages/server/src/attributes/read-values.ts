import { minorOf } from '../money/minor-units.ts'
import type { Fault } from '../problems/problem-error.ts'
import { isoOf, momentMs } from '../world/moment.ts'
import { type Attribute, type AttributeValue, longestText } from './attribute.ts'

/** Values as a request states them: null takes one away, what is not mentioned stays. */
export type StatedValues = Readonly<Record<string, AttributeValue | null>>

/** What a request states of the declared attributes, or what is wrong with it. */
export function readValues(
  stated: Readonly<Record<string, unknown>>,
  declared: readonly Attribute[],
): { readonly ok: true; readonly values: StatedValues } | { readonly ok: false; readonly faults: readonly Fault[] } {
  const byName = new Map(declared.map((attribute) => [attribute.name, attribute]))
  const faults: Fault[] = []
  const values = new Map<string, AttributeValue | null>()
  for (const [name, value] of Object.entries(stated)) {
    const attribute = byName.get(name)
    const read = attribute === undefined ? undeclared(name) : readValue(value, attribute)
    if (typeof read === 'object' && read !== null) faults.push({ path: `/attributes/${name}`, message: read.fault })
    else values.set(name, read)
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, values: Object.fromEntries(values) }
}

/** The value in its stored form, or what is wrong with it. An empty text is none. */
export function readValue(value: unknown, attribute: Attribute): AttributeValue | null | { readonly fault: string } {
  if (value === null || value === '') return null
  const read = readers[attribute.type](value, attribute)
  return read === undefined ? { fault: `"${attribute.name}" must be ${expected(attribute)}` } : read
}

const readers: Readonly<
  Record<Attribute['type'], (value: unknown, attribute: Attribute) => AttributeValue | null | undefined>
> = {
  text: (value) => {
    if (typeof value !== 'string') return undefined
    const text = value.trim()
    return [...text].length > longestText || /[\0\p{Cs}]/u.test(text) ? undefined : text || null
  },
  number: (value, { decimals }) =>
    typeof value === 'number' && decimalsOf(value) <= decimals && Math.abs(value) < 10 ** (15 - decimals)
      ? value + 0
      : undefined,
  money: (value) =>
    typeof value === 'number' && minorOf(value) !== null && Math.abs(value) < 1e13 ? value + 0 : undefined,
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  date: (value) => (typeof value === 'string' && value.length === 10 && momentMs(value) !== null ? value : undefined),
  datetime: (value) => {
    const atMs = typeof value === 'string' && value.length > 10 ? momentMs(value) : null
    return atMs === null ? undefined : isoOf(atMs)
  },
  choice: (value, { choices }) => choices.find((choice) => choice === value),
}

/** Read from the number's shortest decimal form; infinitely many for one that has none. */
function decimalsOf(value: number): number {
  const digits = /^-?\d+(?:\.(\d+))?$/.exec(String(value))
  return digits === null ? Number.POSITIVE_INFINITY : (digits[1]?.length ?? 0)
}

function expected({ type, choices, decimals }: Attribute): string {
  switch (type) {
    case 'text':
      return `a text of at most ${longestText} characters`
    case 'number':
      return decimals === 0 ? 'a whole number' : `a number with at most ${decimals} decimals`
    case 'money':
      return 'an amount with at most two decimals'
    case 'boolean':
      return 'true or false'
    case 'date':
      return 'a day like 2026-01-31'
    case 'datetime':
      return 'a time like 2026-01-31T10:00:00Z'
    case 'choice':
      return `one of ${choices.join(', ')}`
  }
}

function undeclared(name: string): { readonly fault: string } {
  return { fault: `"${name}" is not an attribute of this workspace; declare it under /api/workspace/attributes first` }
}
