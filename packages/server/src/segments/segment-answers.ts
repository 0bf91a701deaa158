import { majorOf } from '../money/minor-units.ts'
import { isoOf } from '../world/moment.ts'
import type { KeptSegment } from './keep-segments.ts'
import type { Preview } from './preview-audience.ts'
import type { Segment } from './segment.ts'

/** A segment as every answer shows it. */
export function segmentOnTheWire(segment: Segment) {
  return {
    id: segment.id,
    name: segment.name,
    description: segment.description,
    rules: segment.rules,
    size: segment.size,
    measuredAt: isoOf(segment.measuredAtMs),
    createdAt: isoOf(segment.createdAtMs),
    updatedAt: isoOf(segment.updatedAtMs),
  }
}

/** A segment with what its author should know about the rule. */
export function keptOnTheWire({ segment, sentence, warnings }: KeptSegment) {
  return { segment: segmentOnTheWire(segment), sentence, warnings }
}

/** How many, and who: the biggest spenders among them. */
export function previewOnTheWire({ audienceSize, measuredAtMs, sample, sentence, warnings }: Preview) {
  const sampleCustomers = sample.map(({ totalSpendingMinor, ...customer }) => ({
    ...customer,
    totalSpending: majorOf(totalSpendingMinor),
  }))
  return { audienceSize, measuredAt: isoOf(measuredAtMs), sampleCustomers, sentence, warnings }
}
