import type { Figure } from '../language/tree.ts'
import type { Asked } from '../operators/question.ts'

/** Counts and sums are 0 without any record, and always set; the other figures are missing then. */
function isZeroOfNothing({ aggregate }: Figure<unknown>): boolean {
  return aggregate === 'count' || aggregate === 'countDistinct' || aggregate === 'sum'
}

/** Whether the positive condition holds for a record that has no related one, or none with a value. */
export function figureOfNothing(figure: Figure<unknown>, question: Asked): boolean {
  if (!isZeroOfNothing(figure)) return false
  return question.of === 'presence' || (question.of === 'order' && question.test(0)(0))
}

/**
 * Whether the positive condition holds for every record that has related ones with a value, or for none of these;
 * `undefined` where it depends on the figure.
 */
export function isCertainOfSome(figure: Figure<unknown>, question: Asked): boolean | undefined {
  if (question.of === 'presence') return true
  const isCount = figure.aggregate === 'count' || figure.aggregate === 'countDistinct'
  if (!isCount || question.of !== 'order') return undefined
  const { ranges } = question
  if (ranges.every(({ high }) => high < 1)) return false
  return ranges.some(({ low, high }) => low <= 1 && high === Infinity) ? true : undefined
}
