import { below, type Place, shown } from './faults.ts'
import type { OperandContext, ReadValue } from './operand-context.ts'

/** Reads a list of values, at least one and not too many. */
export function readList<Item>(
  value: unknown,
  at: Place,
  context: OperandContext,
  read: ReadValue<Item>,
): Item[] | undefined {
  const { faults, limits } = context
  if (!Array.isArray(value)) {
    faults.add('WRONG_VALUE_TYPE', at, `A list is needed here, not ${shown(value)}`)
    return undefined
  }
  if (value.length === 0) {
    faults.add('EMPTY_LIST', at, 'The list is empty: name at least one value')
    return undefined
  }
  if (value.length > limits.listLength) {
    faults.add('LIST_TOO_LONG', at, `The list has ${value.length} entries; at most ${limits.listLength} are allowed`)
    return undefined
  }
  const items: Item[] = []
  for (let index = 0; index < value.length && !faults.isFull(); index += 1) {
    const item = read(value[index], below(at, index), context)
    if (item !== undefined) items.push(item)
  }
  return items.length === value.length ? items : undefined
}

/** Reads exactly two values. */
export function readPair<Item>(
  value: unknown,
  at: Place,
  context: OperandContext,
  read: ReadValue<Item>,
): [Item, Item] | undefined {
  if (!Array.isArray(value) || value.length !== 2) {
    context.faults.add('WRONG_VALUE_TYPE', at, `Two values, [from, to], are needed here, not ${shown(value)}`)
    return undefined
  }
  const low = read(value[0], below(at, 0), context)
  const high = read(value[1], below(at, 1), context)
  return low === undefined || high === undefined ? undefined : [low, high]
}

/** Reads two numbers in order. */
export function readRange(
  value: unknown,
  at: Place,
  context: OperandContext,
  read: ReadValue<number>,
): number[] | undefined {
  const pair = readPair(value, at, context, read)
  if (pair === undefined || pair[0] <= pair[1]) return pair
  context.faults.add('BAD_RANGE', at, `The lower end ${pair[0]} is above the upper end ${pair[1]}`)
  return undefined
}
