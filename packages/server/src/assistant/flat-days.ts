/** A moment, and the zone in which days are counted. */
export interface DayClock {
  readonly nowMs: number
  readonly timeZone: string
}

interface Day {
  readonly year: number
  readonly month: number
  readonly date: number
}

/** A day that a rule names, or null. */
export function dayOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null
}

/** The day some days later, or earlier. */
export function neighbour(day: string, days: number): string {
  return iso(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000)
}

/** The day that lies a duration back; null for what is no duration of whole days. */
export function dayAgo(duration: unknown, { nowMs, timeZone }: DayClock): string | null {
  const today = localDay(nowMs, timeZone)
  if (typeof duration === 'number') return shifted(today, { date: -duration })
  if (duration === null || typeof duration !== 'object') return null
  const [unit, count] = Object.entries(duration)[0] ?? []
  if (typeof count !== 'number') return null
  switch (unit) {
    case 'days':
      return shifted(today, { date: -count })
    case 'weeks':
      return shifted(today, { date: -7 * count })
    case 'months':
      return shifted(today, { month: -count })
    case 'years':
      return shifted(today, { month: -12 * count })
    default:
      return null
  }
}

/** The first and the last day of a calendar period. */
export function periodDays(value: unknown, { nowMs, timeZone }: DayClock): { from: string; to: string } | null {
  if (value === null || typeof value !== 'object' || !('period' in value) || !('offset' in value)) return null
  const { period, offset } = value
  if (typeof offset !== 'number') return null
  const { year, month, date } = localDay(nowMs, timeZone)
  const between = (from: number, next: number) => ({ from: iso(from), to: iso(next - 86_400_000) })
  switch (period) {
    case 'day':
      return between(Date.UTC(year, month, date + offset), Date.UTC(year, month, date + offset + 1))
    case 'week': {
      const monday = date - ((new Date(Date.UTC(year, month, date)).getUTCDay() + 6) % 7) + offset * 7
      return between(Date.UTC(year, month, monday), Date.UTC(year, month, monday + 7))
    }
    case 'month':
      return between(Date.UTC(year, month + offset, 1), Date.UTC(year, month + offset + 1, 1))
    case 'quarter': {
      const first = (Math.floor(month / 3) + offset) * 3
      return between(Date.UTC(year, first, 1), Date.UTC(year, first + 3, 1))
    }
    case 'year':
      return between(Date.UTC(year + offset, 0, 1), Date.UTC(year + offset + 1, 0, 1))
    default:
      return null
  }
}

/** A day some days or months on; the 31st becomes the last of a shorter month. */
function shifted({ year, month, date }: Day, by: { readonly month?: number; readonly date?: number }): string {
  const ofMonth = month + (by.month ?? 0)
  const last = new Date(Date.UTC(year, ofMonth + 1, 0)).getUTCDate()
  return iso(Date.UTC(year, ofMonth, Math.min(date, last) + (by.date ?? 0)))
}

function localDay(nowMs: number, timeZone: string): Day {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  const parts = new Map(format.formatToParts(nowMs).map(({ type, value }) => [type, Number(value)]))
  return { year: parts.get('year') ?? 1970, month: (parts.get('month') ?? 1) - 1, date: parts.get('day') ?? 1 }
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
