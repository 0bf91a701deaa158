import type { Mentions } from './mentions.ts'

const day = 86_400_000
const units: Readonly<Record<string, number>> = { hours: day / 24, days: day, weeks: 7 * day }

/** Instants on and around each boundary that rules speak of, at a clock. */
export function boundaryInstants(mentions: Mentions, now: number, timeZone: string): number[] {
  const edges = new Set<number>([now, startOfDay(now, timeZone, 0)])
  for (const value of [...mentions.values.values()].flat(2)) {
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) {
      for (const shift of [0, 1]) edges.add(startOfDay(Date.parse(`${value}T12:00:00Z`), timeZone, shift))
    } else if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) edges.add(Date.parse(value))
    else if (value !== null && typeof value === 'object')
      for (const edge of edgesOf(value, now, timeZone)) edges.add(edge)
  }
  const years = [400, 800, 3000].map((days) => now - days * day)
  return [...[...edges].flatMap((edge) => [edge - day, edge - 1, edge, edge + 1, edge + day]), ...years]
}

function edgesOf(value: object, now: number, timeZone: string): number[] {
  const edges: number[] = []
  for (const [unit, count] of Object.entries(value)) {
    if (typeof count !== 'number') continue
    if (units[unit] !== undefined) edges.push(now - count * units[unit], now + count * units[unit])
    if (unit === 'months' || unit === 'years') {
      for (const sign of [-1, 1]) {
        const moved = new Date(now)
        moved.setUTCMonth(moved.getUTCMonth() + sign * count * (unit === 'years' ? 12 : 1))
        edges.push(moved.getTime(), moved.getTime() + day, moved.getTime() - day)
      }
    }
    if (unit === 'days') for (const shift of [0, 1, count, count + 1]) edges.push(startOfDay(now, timeZone, shift))
  }
  if ('period' in value && 'offset' in value && typeof value.offset === 'number') {
    for (const shift of [0, 1]) edges.push(periodStart(now, timeZone, String(value.period), value.offset + shift))
  }
  return edges
}

/** The first instant of the local day of `instant`, some days on. */
function startOfDay(instant: number, timeZone: string, shift: number): number {
  const [year = 1970, month = 1, date = 1] = localDay(instant, timeZone)
  return localMidnight(year, month, date + shift, timeZone)
}

function localDay(instant: number, timeZone: string): number[] {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(instant).split('-').map(Number)
}

function localMidnight(year: number, month: number, date: number, timeZone: string): number {
  const utc = Date.UTC(year, month - 1, date)
  const wanted = new Date(utc).toISOString().slice(0, 10)
  // Zones lie at most 14 hours from UTC; half hours and quarters of hours occur.
  for (let shift = -14 * 4; shift <= 14 * 4; shift += 1) {
    const instant = utc + (shift * day) / 96
    if (dayText(instant, timeZone) === wanted && dayText(instant - 1, timeZone) < wanted) return instant
  }
  return utc
}

function dayText(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(instant)
}

function periodStart(now: number, timeZone: string, period: string, offset: number): number {
  const [year = 1970, month = 1, date = 1] = localDay(now, timeZone)
  switch (period) {
    case 'week': {
      const weekday = (new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 6) % 7
      return localMidnight(year, month, date - weekday + offset * 7, timeZone)
    }
    case 'month':
      return localMidnight(year, month + offset, 1, timeZone)
    case 'quarter':
      return localMidnight(year, (Math.floor((month - 1) / 3) + offset) * 3 + 1, 1, timeZone)
    case 'year':
      return localMidnight(year + offset, 1, 1, timeZone)
    default:
      return localMidnight(year, month, date + offset, timeZone)
  }
}
