/** What other rooms know about a customer, as clients see it. Handed in, since those rooms stand above this one. */
export interface CustomerHistory {
  /** Newest first. */
  orders(workspaceId: string, customerId: string, limit: number): Promise<readonly unknown[]>
  /** Messages with their campaigns, newest first. */
  communications(workspaceId: string, customerId: string, limit: number): Promise<readonly unknown[]>
  countOrders(workspaceId: string, customerIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  countCommunications(workspaceId: string, customerIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** How many messages stand where, for one customer. */
  campaignFigures(
    workspaceId: string,
    customerId: string,
  ): Promise<{ readonly total: number; readonly delivered: number; readonly failed: number }>
  /** Of the COMPLETED orders: how many, and what they sum to; of all: how many, and when the last was. */
  orderFigures(workspaceId: string, customerId: string): Promise<OrderFigures>
}

export interface OrderFigures {
  readonly count: number
  readonly completedCount: number
  readonly completedMinor: number
  readonly lastAtMs: number | null
}
