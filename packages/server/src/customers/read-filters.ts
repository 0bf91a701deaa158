import { largestAmount, minorOf } from '../money/minor-units.ts'
import { type Fault, ProblemError } from '../problems/problem-error.ts'
import { dayBounds, type TimeRange } from '../world/day-bounds.ts'
import { momentMs } from '../world/moment.ts'

/** What a query string asks of a list, by name; an empty value asks nothing. */
export type StatedFilters = ReadonlyMap<string, string>

/** Bounds of a whole number, both included; null where there is none. */
export interface CountRange {
  readonly least: number | null
  readonly most: number | null
}

/** Reads filters one by one and keeps what is wrong, so that all of it is said at once. */
export interface FilterReader {
  text(name: string): string | null
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | null
  amount(least: string, most: string): CountRange
  count(least: string, most: string): CountRange
  /** Days are the workspace's, the last one included; instants stand for themselves. */
  time(from: string, to: string): TimeRange
  refuse(name: string, must: string): null
  /** @throws ProblemError with every fault so far */
  finish(): void
}

export function createFilterReader(stated: StatedFilters, timeZone: string): FilterReader {
  const faults: Fault[] = []
  const refuse = (name: string, must: string): null => {
    faults.push({ path: `/${name}`, message: `"${name}" must be ${must}` })
    return null
  }
  const text = (name: string) => stated.get(name)?.trim() || null
  const number = (name: string, must: string, read: (value: string) => number | null) => {
    const value = text(name)
    if (value === null) return null
    return read(value) ?? refuse(name, must)
  }
  const range = (least: string, most: string, must: string, read: (value: string) => number | null): CountRange => {
    const bounds = { least: number(least, must, read), most: number(most, must, read) }
    if (bounds.least !== null && bounds.most !== null && bounds.least > bounds.most) refuse(most, `at least "${least}"`)
    return bounds
  }
  return {
    text,
    refuse,
    oneOf: (name, words) => {
      const value = text(name)
      if (value === null) return null
      return words.find((word) => word === value) ?? refuse(name, `one of ${words.join(', ')}`)
    },
    amount: (least, most) => range(least, most, 'an amount like 99.50', amountOf),
    count: (least, most) => range(least, most, 'a whole number', countOf),
    time: (from, to) => {
      const must = 'a day like 2026-01-31 or a time like 2026-01-31T10:00:00Z'
      const fromMs = number(from, must, (value) => dayBounds(value, timeZone)?.fromMs ?? momentMs(value))
      const beforeMs = number(to, must, (value) => dayBounds(value, timeZone)?.beforeMs ?? after(momentMs(value)))
      if (fromMs !== null && beforeMs !== null && fromMs >= beforeMs) refuse(to, `no earlier than "${from}"`)
      return { fromMs, beforeMs }
    },
    finish: () => {
      const [first] = faults
      if (first !== undefined) throw new ProblemError('VALIDATION', first.message, faults)
    },
  }
}

function amountOf(text: string): number | null {
  const amount = /^-?\d{1,13}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN
  return Math.abs(amount) <= largestAmount ? minorOf(amount) : null
}

function countOf(text: string): number | null {
  return /^\d{1,12}$/.test(text) ? Number(text) : null
}

function after(atMs: number | null): number | null {
  return atMs === null ? null : atMs + 1
}
