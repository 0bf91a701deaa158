/** The largest amount on the wire: below 10¹³, so that its minor units are exact in a JSON number. */
export const largestAmount = 9_999_999_999_999.99

/**
 * An amount with at most two decimals as a whole number of minor units (cents): 100.1 is 10010.
 * Read from the number's shortest decimal form, never multiplied. Null when it has more decimals.
 */
export function minorOf(amount: number): number | null {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(String(amount))
  if (match === null) return null
  const [, sign, whole, cents = ''] = match
  const minor = Number(`${whole}${cents.padEnd(2, '0')}`)
  return sign === '-' && minor !== 0 ? -minor : minor
}

/**
 * As `minorOf`, for a sum that a browser computed in binary floating point: three times 0.10 arrives as
 * 0.30000000000000004 and is 30. What differs in the first six decimals is no noise: 0.305 is null.
 */
export function minorOfSum(amount: number): number | null {
  return minorOf(Number(amount.toFixed(6)))
}

/** Minor units as the number that stands on the wire: 30 is 0.3, the double nearest to the exact amount. */
export function majorOf(minor: number): number {
  return minor / 100
}
