import type { Settled } from '../language/settle.ts'
import type { Figure } from '../language/tree.ts'
import { asked } from '../operators/asked.ts'
import { dayMs } from '../time/calendar-day.ts'
import type { Clock } from '../time/clock.ts'

/** In so short a time few records have related ones; beyond, most may. A guess, for shops whose customers buy now and then. */
const narrowMs = 31 * dayMs

/** Whether a figure looks at a short time only, so that few records can have it. */
export function isNarrow(figure: Figure<Settled>, clock: Clock): boolean {
  return windowMs(figure.where, clock) <= narrowMs
}

/** The figure that looks at the shortest time, which chooses the fewest by all that can be known; the first among equals. */
export function narrowest(figures: readonly Figure<Settled>[], clock: Clock): Figure<Settled> | undefined {
  const widths = figures.map(({ where }) => windowMs(where, clock))
  return figures[widths.indexOf(Math.min(...widths))]
}

/** How long the time is that every record counted lies in; infinite where it is not limited. */
function windowMs(where: Settled | undefined, clock: Clock): number {
  if (where?.kind === 'all') return Math.min(Infinity, ...where.parts.map((part) => windowMs(part, clock)))
  if (where?.kind !== 'fact' || where.negated || where.valueType.type !== 'date') return Infinity
  const question = asked(where, clock)
  const isWindow = question.of === 'order' || (question.of === 'days' && !question.isEveryYear)
  if (!isWindow) return Infinity
  const unitMs = question.of === 'days' ? dayMs : 1
  return question.ranges.reduce((sum, { low, high }) => sum + (Number(high) - Number(low) + 1) * unitMs, 0)
}
