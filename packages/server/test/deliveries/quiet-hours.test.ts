import { describe, expect, it } from 'vitest'
import { quietUntilMs } from '../../src/deliveries/quiet-hours.ts'

const row = (time_zone: string, quiet_from: string | null, quiet_until: string | null) => ({
  time_zone,
  quiet_from,
  quiet_until,
})

const kolkata = row('Asia/Kolkata', '21:00', '08:00')
const berlin = row('Europe/Berlin', '22:00', '07:00')
/** Ends in the hour that is skipped on the last Sunday of March and repeated on the last one of October. */
const short = row('Europe/Berlin', '01:00', '02:30')

describe('quiet hours', () => {
  const table: readonly [string, ReturnType<typeof row>, string, string | null][] = [
    ['there are none', row('UTC', null, null), '2026-03-10T03:00:00Z', null],
    ['by day', kolkata, '2026-03-10T10:00:00Z', null],
    ['the last minute before them', kolkata, '2026-03-10T15:29:59.999Z', null],
    ['their first minute', kolkata, '2026-03-10T15:30:00Z', '2026-03-11T02:30:00Z'],
    ['after midnight', kolkata, '2026-03-10T22:00:00Z', '2026-03-11T02:30:00Z'],
    ['their last millisecond', kolkata, '2026-03-11T02:29:59.999Z', '2026-03-11T02:30:00Z'],
    ['their end', kolkata, '2026-03-11T02:30:00Z', null],
    ['within one day', row('UTC', '12:00', '14:00'), '2026-03-10T13:00:00Z', '2026-03-10T14:00:00Z'],
    ['on the other side of the day', row('UTC', '12:00', '14:00'), '2026-03-10T15:00:00Z', null],
    ['until midnight', row('UTC', '20:00', '00:00'), '2026-03-10T21:00:00Z', '2026-03-11T00:00:00Z'],
    ['in a night that is an hour shorter', berlin, '2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'],
    ['in a night that is an hour longer', berlin, '2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'],
    ['ending at a time that is skipped: when the clock jumps', short, '2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z'],
    ['ending at a time that comes twice: the first', short, '2026-10-25T00:00:00Z', '2026-10-25T00:30:00Z'],
    ['between the first and the second end', short, '2026-10-25T00:40:00Z', null],
    ['when the clock has gone back into them', short, '2026-10-25T01:10:00Z', '2026-10-25T01:30:00Z'],
  ]
  for (const [name, hours, now, until] of table) {
    it(`${name}: ${until === null ? 'a good time' : `until ${until}`}`, () => {
      const untilMs = quietUntilMs(hours, Date.parse(now))
      expect(untilMs === null ? null : new Date(untilMs).toISOString().replace('.000', '')).toBe(until)
    })
  }

  it('end at the first instant that is not quiet, on every day of a year', () => {
    for (let atMs = Date.UTC(2026, 0, 1); atMs < Date.UTC(2027, 0, 1); atMs += 301 * 60_000) {
      for (const hours of [berlin, short, kolkata]) {
        const untilMs = quietUntilMs(hours, atMs)
        if (untilMs === null) continue
        expect(untilMs).toBeGreaterThan(atMs)
        expect(quietUntilMs(hours, untilMs)).toBe(null)
        expect(quietUntilMs(hours, untilMs - 1)).toBe(untilMs)
      }
    }
  })
})
