import { slotCount } from '../database/stable-slot.ts'
import { controlVariant, type Division, type Share } from '../deliveries/shares.ts'

/** What variants are called, in the order in which they were given. More than five divide any audience too thinly. */
export const variantNames = ['A', 'B', 'C', 'D', 'E'] as const

/** At least half of the people are written to: a campaign that leaves out more is none. */
export const mostControlPercent = 50

/** One of several texts of a campaign. */
export interface Variant {
  readonly name: string
  /** Its share of those who are written to, beside the other weights. */
  readonly weight: number
  readonly message: string
}

/** How a campaign's people are divided. */
export interface Split {
  /** Two to five texts, or none: then there is one, which the launch names. */
  readonly variants: readonly Variant[]
  /** So many of a hundred are left out, to be compared with the others. */
  readonly controlPercent: number
}

/** Everybody gets the same. */
export const undivided: Split = Object.freeze({ variants: Object.freeze([]), controlPercent: 0 })

/**
 * Who gets what: each customer has a slot in each campaign, for ever, and the slots are shared out, those of the control
 * group first. The campaign's id is the salt, so that nobody is left out of every campaign.
 */
export function divisionOf(campaignId: string, split: Split): Division {
  return { salt: campaignId, shares: sharesOf(split) }
}

function sharesOf({ variants, controlPercent }: Split): readonly Share[] {
  const controlBelow = Math.round((controlPercent / 100) * slotCount)
  const control = controlBelow === 0 ? [] : [{ variant: controlVariant, below: controlBelow }]
  const sum = variants.reduce((total, { weight }) => total + weight, 0)
  let weightSoFar = 0
  const texts = variants.map(({ name, weight }) => {
    weightSoFar += weight
    return { variant: name, below: controlBelow + Math.round(((slotCount - controlBelow) * weightSoFar) / sum) }
  })
  return [...control, ...texts]
}
