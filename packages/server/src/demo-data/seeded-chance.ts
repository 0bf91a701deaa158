/** Chance that repeats: the same seed gives the same numbers for ever, on every machine. */
export interface Chance {
  /** The next number of [0, 1). */
  next(): number
  /** Whether something happens that happens with this probability. */
  happens(probability: number): boolean
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number
  pick<Item>(items: readonly Item[]): Item
  /** As `pick`; each item is as likely as its weight. */
  pickWeighted<Item extends { readonly weight: number }>(items: readonly Item[]): Item
}

/** Mulberry32: small, fast, and good enough to look like life. Nothing secret comes from it. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <Item>(items: readonly Item[]): Item => required(items[Math.floor(next() * items.length)])
  return {
    next,
    happens: (probability) => next() < probability,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick,
    pickWeighted: (items) => {
      let left = next() * items.reduce((sum, { weight }) => sum + weight, 0)
      for (const item of items) {
        left -= item.weight
        if (left < 0) return item
      }
      return required(items.at(-1))
    },
  }
}

function required<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new Error('Nothing to pick from')
  return item
}
