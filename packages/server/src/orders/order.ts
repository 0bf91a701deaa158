/** Where an order stands. */
export type OrderStatus = (typeof orderStatuses)[number]

export const orderStatuses = ['PENDING', 'PROCESSING', 'COMPLETED', 'CANCELLED'] as const

/** What was bought: so many pieces at the price of one piece. */
export interface OrderItem {
  readonly productName: string
  readonly category: string | null
  readonly quantity: number
  readonly priceMinor: number
}

/** An order as stored. */
export interface Order {
  readonly id: string
  readonly externalId: string | null
  readonly customerId: string
  readonly items: readonly OrderItem[]
  readonly totalMinor: number
  readonly status: OrderStatus
  readonly notes: string | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** Who ordered, as lists show it; null when the customer has been erased since. */
export interface Buyer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly totalSpendingMinor: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** An item as requests state one. */
export interface ItemInput {
  readonly productName: string
  readonly category?: string | null
  readonly quantity: number
  /** In major units with at most two decimals. */
  readonly price: number
}

/** An order as the forms state one. */
export interface OrderInput {
  readonly customerId: string
  readonly items: readonly [ItemInput, ...ItemInput[]]
  readonly total: number
  readonly status: OrderStatus
  readonly notes?: string | null
}

/** An order as a bulk import states one; the customer by any one of three names. */
export interface OrderRow {
  readonly externalId?: string | null
  readonly customerId?: string
  readonly customerExternalId?: string
  readonly customerEmail?: string
  readonly items?: readonly ItemInput[]
  readonly total?: number
  readonly status?: OrderStatus
  readonly createdAt?: string
  readonly notes?: string | null
}
