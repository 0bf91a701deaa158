import { sayFailure } from '@muster/delivery-core'
import { isoOf } from '../world/moment.ts'
import { exclusionCodes } from './export-exclusion.ts'
import type { Funnel } from './funnel.ts'

type ExclusionCode = (typeof exclusionCodes)[number]

/** After which of these a person is out, step by step; what is left after a step is the step's figure. */
const steps: Readonly<Record<'hasAddress' | 'notSuppressed' | 'consents' | 'notInControlGroup', readonly string[]>> = {
  hasAddress: ['NO_ADDRESS', 'SAME_ADDRESS', 'CUSTOMER_GONE'],
  notSuppressed: ['OPTED_OUT'],
  consents: ['CONSENT_MISSING', 'CONSENT_REFUSED'],
  notInControlGroup: ['CONTROL_GROUP'],
}

/** A funnel as answers show it: the figure of each step, and every exclusion with its number and where it is listed. */
export function funnelOnTheWire({ source, atMs, matched, exclusions, willBeSent, stillOpen }: Funnel) {
  let left = matched
  const figures = Object.fromEntries(
    Object.entries(steps).map(([step, codes]) => {
      left -= exclusions.filter(({ code }) => codes.includes(code)).reduce((sum, { count }) => sum + count, 0)
      return [step, left]
    }),
  )
  return {
    source,
    at: isoOf(atMs),
    matched,
    ...figures,
    willBeSent,
    stillOpen,
    exclusions: exclusions.map(({ code, count }) => ({ code, count, reason: sayExclusion(code) })),
  }
}

function sayExclusion(code: string): string {
  const known = exclusionCodes.find((one): one is ExclusionCode => one === code)
  if (known === 'SAME_ADDRESS') return 'Somebody else has the same address, and one message goes to it'
  return known === undefined ? code : sayFailure(known)
}
