import { type Place, shown } from './faults.ts'
import type { OperandContext } from './operand-context.ts'

/** Reads a text that a database can hold. */
export function readText(value: unknown, at: Place, { limits, faults }: OperandContext): string | undefined {
  if (typeof value !== 'string') {
    faults.add('WRONG_VALUE_TYPE', at, `A text is needed here, not ${shown(value)}`)
    return undefined
  }
  if (isLongerThan(value, limits.textLength)) {
    faults.add('TEXT_TOO_LONG', at, `The text is longer than ${limits.textLength} characters`)
    return undefined
  }
  if (/\p{Surrogate}|\0/u.test(value)) {
    faults.add('BAD_TEXT', at, `${shown(value)} holds a character that no text can hold (U+0000 or half of a pair)`)
    return undefined
  }
  return value
}

/** Counts code points only where the number of code units leaves it open. */
function isLongerThan(text: string, codePoints: number): boolean {
  if (text.length <= codePoints) return false
  return text.length > codePoints * 2 || [...text].length > codePoints
}

/** Reads a text to look for inside others, which is not empty. */
export function readTextPiece(value: unknown, at: Place, context: OperandContext): string | undefined {
  if (value !== '') return readText(value, at, context)
  context.faults.add('BAD_TEXT', at, 'The text to look for is empty')
  return undefined
}

/** Reads one of the words that the catalog declares, in their spelling. */
export function readWord(value: unknown, at: Place, { valueType, faults }: OperandContext): string | undefined {
  const known = valueType.type === 'enum' ? valueType.values : []
  if (typeof value !== 'string') {
    faults.add(
      'WRONG_VALUE_TYPE',
      at,
      `One of the words ${known.map(shown).join(', ')} is needed here, not ${shown(value)}`,
    )
    return undefined
  }
  if (known.includes(value)) return value
  faults.add('UNKNOWN_VALUE', at, `${shown(value)} is not one of the values`, { given: value, known })
  return undefined
}
