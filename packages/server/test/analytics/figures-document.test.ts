import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { analyticsChapter } from '../../src/analytics/analytics-chapter.ts'
import { thresholds } from '../../src/analytics/insights.ts'

const document = await readFile(new URL('../../docs/figures.md', import.meta.url), 'utf8')

/** What says who or where something is, or only holds figures together. */
const noFigures = new Set([
  'success',
  'data',
  'id',
  'customerId',
  'customerName',
  'total',
  'group',
  'analytics',
  'summary',
  'comparison',
  'metrics',
  'insights',
])

it.each(Object.entries(analyticsChapter.routes).map(([route, description]) => ({ route, description })))(
  '$route serves no figure that is not defined',
  ({ description }) => {
    const keys = [...new Set(description.answers.flatMap((answer) => keysIn(answer)))]
    expect(keys.length).toBeGreaterThan(3)
    const isNamed = (key: string) => new RegExp(`\`([\\w.]+\\.)?${key}\``).test(document) || /^[A-Z]+$/.test(key)
    expect(keys.filter((key) => !noFigures.has(key) && !isNamed(key))).toEqual([])
  },
)

it('every rule of thumb is documented with its threshold', () => {
  for (const id of [
    'revenue-fell',
    'revenue-rose',
    'vips-unseen',
    'delivery-poor',
    'orders-cancelled',
    'fewer-customers',
    'more-customers',
  ])
    expect(document).toContain(`\`${id}\``)
  const { changePercent, seriousPercent, leastBefore, cancelledPercent, leastOrders, deliveryPercent } = thresholds
  for (const said of [
    `changed by ${changePercent} % or more`,
    `High impact from ${seriousPercent} %`,
    `at least ${leastBefore} COMPLETED orders`,
    `${cancelledPercent} % or more of at least ${leastOrders} orders`,
    `below ${deliveryPercent} % of at least ${thresholds.leastMessages} messages`,
    `more than ${thresholds.unseenDays} days ago. High impact from ${thresholds.manyVips}`,
  ])
    expect(document).toContain(said)
})

/** The property names of a described answer, however deep. */
function keysIn(shape: unknown): readonly string[] {
  if (typeof shape !== 'object' || shape === null) return []
  if (Array.isArray(shape)) return shape.flatMap(keysIn)
  return Object.entries(shape).flatMap(([keyword, value]) =>
    keyword === 'properties' && typeof value === 'object' && value !== null
      ? [...Object.keys(value), ...Object.values(value).flatMap(keysIn)]
      : keysIn(value),
  )
}
