import type { Range } from '../time/ranges.ts'

/** Whole units of `10^-decimals` written as a decimal of major units: 12345 with 2 is `123.45`. */
export function decimalText(units: number | bigint, decimals: number): string {
  const digits = BigInt(units)
    .toString()
    .replace('-', '')
    .padStart(decimals + 1, '0')
  const sign = units < 0 ? '-' : ''
  if (decimals === 0) return `${sign}${digits}`
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** The largest magnitude, in units, that a number under a JSON key can have: 15 digits. */
export const jsonUnitsBound = 1e15

/** Ranges as a JSON list of pairs. */
export function rangesJson(ranges: readonly Range[]): string {
  return `[${ranges.map(({ low, high }) => `[${low},${high}]`).join()}]`
}
