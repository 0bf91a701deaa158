import type { Field } from './catalog.ts'

/** What the values of a field, or of a figure over related records, are. Operators are chosen by it. */
export type ValueType =
  | { readonly type: 'text'; readonly caseSensitive: boolean }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  /** `decimals` digits after the point can be stored. */
  | { readonly type: 'number'; readonly decimals: number }
  | { readonly type: 'money'; readonly decimals: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'date'; readonly dayOnly: boolean }
  | { readonly type: 'tags' }

/** Whole numbers: what `count` and `countDistinct` give. */
export const wholeNumber: ValueType = { type: 'number', decimals: 0 }

/** What the values of a field are, its defaults filled in. */
export function valueTypeOf(field: Field): ValueType {
  switch (field.type) {
    case 'text':
      return { type: 'text', caseSensitive: field.caseSensitive === true }
    case 'enum':
      return { type: 'enum', values: field.values }
    case 'number':
      return { type: 'number', decimals: field.decimals ?? 0 }
    case 'money':
      return { type: 'money', decimals: field.decimals ?? 2 }
    case 'date':
      return { type: 'date', dayOnly: field.dayOnly === true }
    default:
      return { type: field.type }
  }
}
