import { fold } from '../language/fold.ts'
import type { Operand, PositiveOperator } from '../language/tree.ts'
import { rowOf, textsOf } from './operands.ts'
import type { AskedText } from './question.ts'

/** Each text operator over texts that are folded already, on both sides, where case does not count. */
const textOperators: Readonly<Partial<Record<PositiveOperator, (texts: readonly string[]) => AskedText>>> = {
  '=': ([wanted]) => ({
    of: 'text',
    texts: [wanted!],
    test: (text) => text === wanted,
    sql: (column) => column.equalsAny([wanted!]),
  }),
  in: (wanted) => ({
    of: 'text',
    texts: wanted,
    test: isAmong(wanted),
    sql: (column) => column.equalsAny(wanted),
  }),
  contains: ([piece]) => ({
    of: 'text',
    texts: [piece!],
    test: (text) => text.includes(piece!),
    sql: (column) => column.contains(piece!),
  }),
  startsWith: ([piece]) => ({
    of: 'text',
    texts: [piece!],
    test: (text) => text.startsWith(piece!),
    sql: (column) => column.startsWith(piece!),
  }),
  endsWith: ([piece]) => ({
    of: 'text',
    texts: [piece!],
    test: (text) => text.endsWith(piece!),
    sql: (column) => column.endsWith(piece!),
  }),
}

/** What an operator asks of text. */
export function askText(operator: PositiveOperator, operand: Operand, isFolded: boolean): AskedText {
  const texts = isFolded ? textsOf(operand).map(fold) : textsOf(operand)
  return rowOf(textOperators, operator)([...new Set(texts)])
}

/** A set costs more than a glance at a few texts. */
const fewTexts = 8

function isAmong(wanted: readonly string[]): (text: string) => boolean {
  if (wanted.length <= fewTexts) return (text) => wanted.includes(text)
  const set = new Set(wanted)
  return (text) => set.has(text)
}
