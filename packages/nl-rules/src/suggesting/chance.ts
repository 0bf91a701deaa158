/** Numbers from [0, 1) that look random and follow from the seed alone. */
export type Chance = () => number

/** Mulberry32: 32 bits of state, enough to vary phrases. The same seed gives the same numbers everywhere. */
export function createChance(seed: number): Chance {
  let state = Math.trunc(seed) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The items in an order that chance decides. */
export function shuffled<Item>(items: readonly Item[], chance: Chance): Item[] {
  const order = items.map((item) => ({ item, rank: chance() }))
  return order.toSorted((one, other) => one.rank - other.rank).map(({ item }) => item)
}
