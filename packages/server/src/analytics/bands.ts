/** A stretch of a figure that has a name. */
export interface Band {
  readonly name: string
  /** The least value that belongs to it. */
  readonly from: number
}

/** Customers by what they have spent in all, in minor units. */
export const spendingBands: readonly Band[] = [
  { name: 'VIP', from: 1_000_000 },
  { name: 'Premium', from: 500_000 },
  { name: 'Regular', from: 100_000 },
  { name: 'New', from: Number.MIN_SAFE_INTEGER },
]

/** Customers by how often they have come. */
export const visitBands: readonly Band[] = [
  { name: 'Highly Loyal', from: 20 },
  { name: 'Loyal', from: 10 },
  { name: 'Regular', from: 5 },
  { name: 'Occasional', from: Number.MIN_SAFE_INTEGER },
]

/** SQL that answers which of the bands a column lies in, by its place in the list; null where there is no value. */
export function bandSql(column: string, bands: readonly Band[]): string {
  const branches = bands.map(({ from }, index) => `when ${column} >= ${from} then ${index}`)
  return `case ${branches.join(' ')} end`
}
