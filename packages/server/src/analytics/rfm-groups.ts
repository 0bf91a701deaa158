import type { ScoredBuyers } from './buyers-store.ts'

/** Buyers who are much alike in when, how often and for how much they bought. */
export interface RfmGroup {
  readonly name: string
  readonly customers: number
  readonly orders: number
  readonly revenueMinor: number
}

type Scores = Pick<ScoredBuyers, 'recency' | 'frequency' | 'monetary'>

/** The first whose test holds; together they hold everybody. Value is frequency and money, each from 2 to 10 together. */
const groups: readonly { readonly name: string; readonly holds: (recency: number, value: number) => boolean }[] = [
  { name: 'Champions', holds: (recency, value) => recency >= 4 && value >= 8 },
  { name: 'Loyal', holds: (recency, value) => recency >= 3 && value >= 6 },
  { name: 'Promising', holds: (recency) => recency >= 4 },
  { name: 'Needs attention', holds: (recency) => recency === 3 },
  { name: 'Cannot lose', holds: (_, value) => value >= 8 },
  { name: 'At risk', holds: (_, value) => value >= 6 },
  { name: 'Hibernating', holds: () => true },
]

/** Which group people of these scores belong to. */
export function rfmGroupOf({ recency, frequency, monetary }: Scores): string {
  return groups.find(({ holds }) => holds(recency, frequency + monetary))?.name ?? 'Hibernating'
}

/** Every group, with the people of a period. */
export function rfmGroups(scored: readonly ScoredBuyers[]): readonly RfmGroup[] {
  return groups.map(({ name }) => {
    const members = scored.filter((row) => rfmGroupOf(row) === name)
    const sum = (figure: 'customers' | 'orders' | 'revenueMinor') =>
      members.reduce((total, row) => total + row[figure], 0)
    return { name, customers: sum('customers'), orders: sum('orders'), revenueMinor: sum('revenueMinor') }
  })
}
