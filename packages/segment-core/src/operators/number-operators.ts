import { ceilingOf, decimalOf, floorOf, inUnits } from '../language/decimal.ts'
import type { Operand, PositiveOperator } from '../language/tree.ts'
import { type Bound, mergedRanges, type Range } from '../time/ranges.ts'
import { numbersOf, rowOf } from './operands.ts'
import type { AskedOrder } from './question.ts'
import { askRanges } from './range-question.ts'

/**
 * A number in a rule as the whole units of a field around it: the greatest not above and the smallest not below. They
 * differ where the rule names a decimal that the field cannot hold, as in `visitCount > 2.5`.
 */
interface Around {
  readonly floor: Bound
  readonly ceiling: Bound
}

/** For which whole units an operator holds. Both worlds are asked for these ranges, so neither rounds by itself. */
const rangesOf: Readonly<Partial<Record<PositiveOperator, (around: readonly Around[]) => Range[]>>> = {
  '=': (around) => around.map(({ floor, ceiling }) => ({ low: ceiling, high: floor })),
  in: (around) => around.map(({ floor, ceiling }) => ({ low: ceiling, high: floor })),
  '>': ([value]) => [{ low: after(value!.floor), high: Infinity }],
  '>=': ([value]) => [{ low: value!.ceiling, high: Infinity }],
  '<': ([value]) => [{ low: -Infinity, high: before(value!.ceiling) }],
  '<=': ([value]) => [{ low: -Infinity, high: value!.floor }],
  between: ([low, high]) => [{ low: low!.ceiling, high: high!.floor }],
}

/** What a number operator asks of whole units. */
export function askNumbers(operator: PositiveOperator, operand: Operand, decimals: number): AskedOrder {
  const around = numbersOf(operand).map((value) => aroundOf(value, decimals))
  return askRanges(mergedRanges(rowOf(rangesOf, operator)(around)))
}

function aroundOf(value: number, decimals: number): Around {
  const { over, under } = inUnits(decimalOf(value), decimals)
  return { floor: plain(floorOf(over, under)), ceiling: plain(ceilingOf(over, under)) }
}

function after(bound: Bound): Bound {
  return plain(BigInt(bound) + 1n)
}

function before(bound: Bound): Bound {
  return plain(BigInt(bound) - 1n)
}

/** A `number` where that is exact, because comparing numbers is fast. */
function plain(value: bigint): Bound {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
