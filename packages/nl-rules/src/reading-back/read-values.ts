import type { Duration, Period, PeriodValue } from '@muster/segment-core'
import type { Scanner } from './scanner.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A text in quotes. */
export function readQuoted(scanner: Scanner): string | null {
  const found = scanner.match(/"(?:[^"\\]|\\.)*"/y)
  if (found === null) return null
  try {
    const text: unknown = JSON.parse(found[0])
    return typeof text === 'string' ? text : null
  } catch {
    return null
  }
}

/** A number, perhaps with the sign of a currency before it. */
export function readNumber(scanner: Scanner): number | null {
  const found = scanner.match(/(-?)(?:[^\s\d"-]{1,5} ?)?(\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?)/y)
  return found === null ? null : Number(`${found[1]}${found[2]?.replaceAll(',', '')}`)
}

/** A list as sentences have it: `a, b or c`. */
export function readList<Item>(scanner: Scanner, word: 'and' | 'or', readItem: () => Item | null): Item[] | null {
  const first = readItem()
  if (first === null) return null
  const items = [first]
  while (scanner.eat(', ')) {
    const item = readItem()
    if (item === null) return null
    items.push(item)
  }
  const place = scanner.place()
  if (!scanner.eat(` ${word} `)) return items
  const last = readItem()
  if (last !== null) return [...items, last]
  scanner.returnTo(place)
  return items
}

/** `31 January 2026`, or an instant as ISO writes it. */
export function readDate(scanner: Scanner): string | null {
  const instant = scanner.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/y)
  if (instant !== null) return instant[0]
  const day = scanner.match(/(\d{1,2}) ([A-Z][a-z]+) (\d{4,})/y)
  const month = months.indexOf(day?.[2] ?? '')
  if (day === null || month < 0) return null
  return `${day[3]}-${String(month + 1).padStart(2, '0')}-${day[1]?.padStart(2, '0')}`
}

/** `30 days`. */
export function readDuration(scanner: Scanner): Duration | null {
  const found = scanner.match(/(\d+) (hour|day|week|month|year)s?/y)
  if (found === null) return null
  const count = Number(found[1])
  switch (found[2]) {
    case 'hour':
      return { hours: count }
    case 'day':
      return { days: count }
    case 'week':
      return { weeks: count }
    case 'month':
      return { months: count }
    default:
      return { years: count }
  }
}

const nearDays: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 }
const near: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 }
const periods: readonly Period[] = ['day', 'week', 'month', 'quarter', 'year']

/** `today`, `last month`, `the quarter 2 quarters before this one`. */
export function readPeriod(scanner: Scanner): PeriodValue | null {
  const day = scanner.match(/yesterday|today|tomorrow/y)
  if (day !== null) return { period: 'day', offset: nearDays[day[0]]! }
  const nearby = scanner.match(/(last|this|next) (day|week|month|quarter|year)/y)
  if (nearby !== null) return { period: periodOf(nearby[2]), offset: near[nearby[1]!]! }
  const far = scanner.match(/the (day|week|month|quarter|year) (\d+) \w+ (before|after) this one/y)
  return far === null ? null : { period: periodOf(far[1]), offset: Number(far[2]) * (far[3] === 'before' ? -1 : 1) }
}

function periodOf(word: string | undefined): Period {
  return periods.find((period) => period === word) ?? 'day'
}

/** The number of a month, by its name. */
export function readMonth(scanner: Scanner): number | null {
  const found = scanner.match(/[A-Z][a-z]+/y)
  const month = months.indexOf(found?.[0] ?? '')
  return month < 0 ? null : month + 1
}
