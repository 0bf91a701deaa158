const dayMs = 24 * 60 * 60 * 1000

/** From 0 to 100: up to 40 points for spending, 30 for visits, 30 for having been seen lately. */
export function loyaltyScore(
  {
    totalSpendingMinor,
    visitCount,
    lastVisitAtMs,
  }: { totalSpendingMinor: number; visitCount: number; lastVisitAtMs: number | null },
  nowMs: number,
): number {
  const spending = Math.min(totalSpendingMinor / 10_000, 40)
  const visits = Math.min(visitCount * 2, 30)
  const recency = lastVisitAtMs === null ? 0 : Math.max(30 - Math.max(nowMs - lastVisitAtMs, 0) / dayMs / 10, 0)
  return Math.min(Math.round(spending + visits + recency), 100)
}
