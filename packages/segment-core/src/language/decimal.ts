/** A number as the decimal that its shortest writing denotes: `digits × 10^-decimals`, exactly. */
export interface Decimal {
  readonly digits: bigint
  /** Digits after the point, without trailing zeros; negative for multiples of ten. */
  readonly decimals: number
  readonly significantDigits: number
}

const writing = /^(-)?(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/

/** The decimal that a finite number stands for: 0.1 is one tenth, not the binary fraction closest to it. */
export function decimalOf(value: number): Decimal {
  const parts = writing.exec(String(value))
  if (parts === null) throw new RangeError(`${value} is not finite`)
  const [, sign, whole, fraction = '', exponent = '0'] = parts
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const trimmed = digits.replace(/0+$/, '')
  const decimals = fraction.length - Number(exponent) - (digits.length - trimmed.length)
  if (trimmed === '') return { digits: 0n, decimals: 0, significantDigits: 0 }
  return { digits: BigInt(`${sign ?? ''}${trimmed}`), decimals, significantDigits: trimmed.length }
}

/** A decimal in units of `10^-decimals`, as a fraction `over / under` with `under > 0`. */
export function inUnits(value: Decimal, decimals: number): { readonly over: bigint; readonly under: bigint } {
  const shift = decimals - value.decimals
  return shift >= 0
    ? { over: value.digits * 10n ** BigInt(shift), under: 1n }
    : { over: value.digits, under: 10n ** BigInt(-shift) }
}

/** The greatest whole number that is not above a fraction. */
export function floorOf(over: bigint, under: bigint): bigint {
  const quotient = over / under
  return over < 0n && quotient * under !== over ? quotient - 1n : quotient
}

/** The smallest whole number that is not below a fraction. */
export function ceilingOf(over: bigint, under: bigint): bigint {
  return -floorOf(-over, under)
}
