import type { Operand, PositiveOperator } from '../language/tree.ts'

/** The numbers of a checked operand. */
export function numbersOf(operand: Operand): readonly number[] {
  if (operand.kind === 'numbers') return operand.values
  throw new TypeError(`Numbers are not compared with ${operand.kind}`)
}

/** The texts of a checked operand. */
export function textsOf(operand: Operand): readonly string[] {
  if (operand.kind === 'texts') return operand.values
  throw new TypeError(`Texts are not compared with ${operand.kind}`)
}

/** The row of a table of meaning; checking has made sure that there is one. */
export function rowOf<Row>(table: Readonly<Partial<Record<PositiveOperator, Row>>>, operator: PositiveOperator): Row {
  const row = table[operator]
  if (row === undefined) throw new TypeError(`"${operator}" has no meaning here`)
  return row
}
