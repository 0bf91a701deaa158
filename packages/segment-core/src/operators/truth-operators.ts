import type { Operand } from '../language/tree.ts'
import type { Asked } from './question.ts'

/** What `=` asks of a truth value. */
export function askTruth(operand: Operand): Extract<Asked, { of: 'truth' }> {
  if (operand.kind !== 'truth') throw new TypeError(`Truth values are not compared with ${operand.kind}`)
  const wanted = operand.value
  return {
    of: 'truth',
    test: (value) => value === wanted,
    sql: (column) => column.is(wanted),
  }
}
