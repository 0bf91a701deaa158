import type { CustomerProfile } from '../segments/audience.ts'

/** The measures by which two audiences are compared. */
const measures: readonly ((profile: CustomerProfile) => number | null)[] = [
  ({ totalSpendingMinor }) => totalSpendingMinor,
  ({ visitCount }) => visitCount,
  ({ lastVisitAtMs }) => lastVisitAtMs,
]

/** Tenths of the base: fine enough to tell audiences apart, coarse enough for a sample of some hundred. */
const bands = 10

/**
 * How alike two audiences are, from 0 to 100: for each measure the base is cut into ten bands of equal size, and the
 * similarity is the share that both have in common, band by band; the mean over spending, visits and last visit.
 * 100 means the same distribution, 0 that no value of one lies where the other's do. Null where one of them is empty.
 */
export function similarityOf(base: readonly CustomerProfile[], other: readonly CustomerProfile[]): number | null {
  if (base.length === 0 || other.length === 0) return null
  const overlaps = measures.map((measure) => overlapOf(base.map(measure), other.map(measure)))
  return Math.round((overlaps.reduce((sum, overlap) => sum + overlap, 0) / overlaps.length) * 1_000) / 10
}

function overlapOf(base: readonly (number | null)[], other: readonly (number | null)[]): number {
  const known = base.filter((value) => value !== null)
  const [least, greatest] = [quantile(known, 0), quantile(known, 1)]
  const inner = Array.from({ length: bands - 1 }, (_, band) => quantile(known, (band + 1) / bands))
  const bounds = [...new Set([least, ...inner])].filter((bound) => bound !== null)
  // What lies outside of everything the base has is alike to none of it, and so is a missing value to a known one.
  const bandOf = (value: number | null) => {
    if (value === null) return 'missing'
    return greatest !== null && value > greatest ? 'above' : bounds.filter((bound) => value >= bound).length
  }
  const [ours, theirs] = [sharesOf(base.map(bandOf)), sharesOf(other.map(bandOf))]
  return [...ours].reduce((sum, [band, share]) => sum + Math.min(share, theirs.get(band) ?? 0), 0)
}

function sharesOf<Band>(found: readonly Band[]): ReadonlyMap<Band, number> {
  const shares = new Map<Band, number>()
  for (const band of found) shares.set(band, (shares.get(band) ?? 0) + 1 / found.length)
  return shares
}

/** The value below which this share of the known values lies, from the least at 0 to the greatest at 1; null where none is known. */
export function quantile(values: readonly (number | null)[], share: number): number | null {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other)
  return known[Math.min(known.length - 1, Math.floor(known.length * share))] ?? null
}
