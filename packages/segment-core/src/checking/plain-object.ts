import { below, type Faults, type Place, shown } from './faults.ts'

/** The value as an object with exactly these keys. */
export function withKeys(
  value: unknown,
  keys: readonly string[],
  example: string,
  at: Place,
  { faults }: { readonly faults: Faults },
): Readonly<Record<string, unknown>> | undefined {
  const record = plainObject(value)
  if (record === undefined) {
    faults.add('WRONG_VALUE_TYPE', at, `Something like ${example} is needed here, not ${shown(value)}`)
    return undefined
  }
  const unknown = Object.keys(record).filter((key) => !keys.includes(key))
  for (const key of unknown) {
    faults.add('UNKNOWN_KEY', below(at, key), `${shown(key)} does not belong here`, { given: key, known: keys })
  }
  const missing = keys.filter((key) => !Object.hasOwn(record, key))
  for (const key of missing) faults.add('MISSING_VALUE', at, `"${key}" is missing; something like ${example} is needed`)
  return unknown.length + missing.length === 0 ? record : undefined
}

/** A JSON object, whatever its keys; not a list, a date or an instance of a class. */
export function plainObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? (value as Readonly<Record<string, unknown>>) : undefined
}
