import type { Operand, PositiveOperator } from '../language/tree.ts'
import type { Clock } from '../time/clock.ts'
import { mergedRanges } from '../time/ranges.ts'
import { daysWindow, instantsWindow, monthDayOf, monthDaysOf, recurringInstants } from '../time/windows.ts'
import type { AskedDays, AskedOrder } from './question.ts'
import { askRanges, testRanges } from './range-question.ts'

/** What an operator asks of instants: to lie in a window, for anniversaries in one of every year. */
export function askInstants(operator: PositiveOperator, operand: Operand, clock: Clock): AskedOrder {
  if (isAnniversary(operator)) return askRanges(recurringInstants(monthDaysOf(operand, clock), clock))
  return askRanges(mergedRanges([instantsWindow(operator, operand, clock)]))
}

/** What an operator asks of calendar days without a zone. */
export function askDays(operator: PositiveOperator, operand: Operand, clock: Clock): AskedDays {
  if (isAnniversary(operator)) {
    const monthDays = monthDaysOf(operand, clock)
    const isIn = testRanges(monthDays)
    return {
      of: 'days',
      ranges: monthDays,
      isEveryYear: true,
      test: (day) => isIn(monthDayOf(day)),
      sql: (column) => column.recursOn(monthDays),
    }
  }
  const days = mergedRanges([daysWindow(operator, operand, clock)])
  return {
    of: 'days',
    ranges: days,
    isEveryYear: false,
    test: testRanges(days),
    sql: (column) => column.isInRanges(days),
  }
}

function isAnniversary(operator: PositiveOperator): boolean {
  return operator === 'anniversaryWithinNext' || operator === 'anniversaryIn'
}
