/** Chance that a seed repeats, so that every run measures the same data. */
export interface Random {
  /** From 0, included, to 1, excluded. */
  fraction(): number
  /** A whole number from 0, included, to `bound`, excluded. */
  below(bound: number): number
  oneOf<Item>(items: readonly Item[]): Item
  /** Whether something that happens with this probability happens. */
  happens(probability: number): boolean
}

/** The generator that is known as mulberry32: quick, and good enough for sample data. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number) => Math.floor(fraction() * bound)
  return {
    fraction,
    below,
    oneOf: (items) => items[below(items.length)]!,
    happens: (probability) => fraction() < probability,
  }
}
