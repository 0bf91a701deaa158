import { describe, expect, it } from 'vitest'
import { momentMs } from '../src/world/moment.ts'

describe('moments', () => {
  it.each([
    ['2026-01-31', Date.UTC(2026, 0, 31)],
    ['2026-01-31T10:00:00Z', Date.UTC(2026, 0, 31, 10)],
    ['2026-01-31T10:00:00.123456+05:30', Date.UTC(2026, 0, 31, 4, 30, 0, 123)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2026-02-29', null],
    ['2026-04-31T00:00:00Z', null],
    ['2026-01-31T24:00:00Z', null],
    ['2026-01-31T10:60:00Z', null],
    ['2026-01-31T10:00:00', null],
    ['2026-01-31T10:00:00+24:00', null],
    ['1899-12-31', null],
    ['26-01-31', null],
    ['yesterday', null],
    ['', null],
  ])('%s', (text, atMs) => {
    expect(momentMs(text)).toBe(atMs)
  })
})
