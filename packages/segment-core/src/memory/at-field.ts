import type { Test } from './group-test.ts'

type Ask = (name: string, ask: (value: unknown) => boolean) => Test
type AskNumber = (name: string, from: number, to: number, negated: boolean) => Test

/**
 * Asks something of what records hold under a name. JavaScript finds it several times as fast where a place in the source
 * always asks for the same name: there the engine remembers where it was, while a place that asks for many has to search.
 * So the lines below are alike, and each is for one name.
 */
export function atField(name: string, ask: (value: unknown) => boolean): Test {
  return (places[placeOf(name)] ?? anywhere)(name, ask)
}

/** Asks whether a number lies within bounds, both included. Apart, because a number that is handed on costs a box. */
export function numberAtField(name: string, from: number, to: number, negated: boolean): Test {
  return (numberPlaces[placeOf(name)] ?? numberAnywhere)(name, from, to, negated)
}

/** Comparing with NaN is false, as it is for a value that is no number. */
function isWithin(value: unknown, from: number, to: number): boolean {
  return typeof value === 'number' && value >= from && value <= to
}

const placeOfName = new Map<string, number>()

/** The names that are asked for first have a place each, later ones share. That decides how fast the answer is, never what. */
function placeOf(name: string): number {
  const place = placeOfName.get(name) ?? placeOfName.size
  if (place < places.length) placeOfName.set(name, place)
  return place
}

const anywhere: Ask = (name, ask) => (record) => ask(record[name])

const numberAnywhere: AskNumber = (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated

const places: readonly Ask[] = [
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
  (name, ask) => (record) => ask(record[name]),
]

const numberPlaces: readonly AskNumber[] = [
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
  (name, from, to, negated) => (record) => isWithin(record[name], from, to) !== negated,
]
