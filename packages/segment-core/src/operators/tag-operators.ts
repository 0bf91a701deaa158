import { fold } from '../language/fold.ts'
import type { Operand, PositiveOperator } from '../language/tree.ts'
import { rowOf, textsOf } from './operands.ts'
import type { AskedTags } from './question.ts'

const tagOperators: Readonly<Partial<Record<PositiveOperator, (wanted: readonly string[]) => AskedTags>>> = {
  hasAny: (wanted) => ({
    of: 'tags',
    anyOf: wanted,
    test: (tags) => wanted.some((tag) => tags.has(tag)),
    sql: (column) => column.hasAny(wanted),
  }),
  hasAll: (wanted) => ({
    of: 'tags',
    test: (tags) => wanted.every((tag) => tags.has(tag)),
    sql: (column) => column.hasAll(wanted),
  }),
}

/** What an operator asks of a set of tags. */
export function askTags(operator: PositiveOperator, operand: Operand): AskedTags {
  return rowOf(tagOperators, operator)([...new Set(textsOf(operand).map(fold))])
}
