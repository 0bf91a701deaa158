import { decimalOf } from '../language/decimal.ts'
import { moneyBound, mostSignificantDigits } from '../language/limits.ts'
import { type Place, shown } from './faults.ts'
import type { OperandContext } from './operand-context.ts'

/** Reads a number that a field of the type can be compared with. */
export function readNumber(value: unknown, at: Place, { valueType, faults }: OperandContext): number | undefined {
  if (typeof value !== 'number') {
    faults.add('WRONG_VALUE_TYPE', at, `A number is needed here, not ${shown(value)}`)
    return undefined
  }
  if (!Number.isFinite(value)) {
    faults.add('BAD_NUMBER', at, `${value} is not a number that can be compared with`)
    return undefined
  }
  const { significantDigits, decimals } = decimalOf(value)
  if (significantDigits > mostSignificantDigits) {
    faults.add('BAD_NUMBER', at, `${value} has more than ${mostSignificantDigits} significant digits`)
    return undefined
  }
  if (valueType.type === 'money' && Math.abs(value) >= moneyBound) {
    faults.add('BAD_NUMBER', at, `${value} is too large for an amount of money`)
    return undefined
  }
  if (valueType.type === 'money' && decimals > valueType.decimals) {
    faults.add('BAD_NUMBER', at, `${value} has more than ${valueType.decimals} decimals`)
    return undefined
  }
  // −0 is 0.
  return value + 0
}
