/**
 * Values that are known to occur: entity → field → values, each with the other names under which people know it.
 * They help to tell what a word stands for; they are not all the values there are.
 */
export type KnownValues = Readonly<Record<string, Readonly<Record<string, readonly KnownValue[]>>>>

/** A value as it is stored, and its other names. */
export interface KnownValue {
  readonly value: string
  readonly aliases?: readonly string[]
}

/** Where a word or phrase of the text was found among the known values. */
export interface FoundValue {
  readonly entity: string
  readonly field: string
  readonly value: string
}
