import type { AttributeValues } from '../attributes/attribute.ts'
import type { StatedValues } from '../attributes/read-values.ts'

/** Somebody who buys, as stored. */
export interface Customer extends CustomerFacts, Opening {
  readonly id: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** The opening spending and the COMPLETED orders together. */
  readonly totalSpendingMinor: number
  /** Orders that are not CANCELLED. */
  readonly orderCount: number
  /** The opening visits and the orders that are not CANCELLED together. */
  readonly visitCount: number
  /** The latest of the opening last visit and the orders that are not CANCELLED. */
  readonly lastVisitAtMs: number | null
}

/** What is said about a customer. Null is "not known"; for consent, "never asked". */
export interface CustomerFacts {
  readonly externalId: string | null
  readonly email: string
  readonly name: string
  readonly phone: string | null
  readonly city: string | null
  readonly state: string | null
  readonly country: string | null
  readonly gender: string | null
  /** `YYYY-MM-DD`. */
  readonly birthday: string | null
  readonly tags: readonly string[]
  readonly emailConsent: boolean | null
  readonly consentSource: string | null
  readonly consentAtMs: number | null
  /** Facts of the workspace's own, by name. */
  readonly attributes: AttributeValues
}

/** What a customer brought along from before the orders that are stored here. */
export interface Opening {
  readonly openingSpendingMinor: number
  readonly openingVisits: number
  readonly openingLastVisitAtMs: number | null
}

/** A customer as requests state one. An absent fact is left as it is; null takes it away. */
export interface CustomerInput {
  readonly externalId?: string | null
  readonly email: string
  readonly name: string
  readonly phone?: string | null
  readonly city?: string | null
  readonly state?: string | null
  readonly country?: string | null
  readonly gender?: string | null
  readonly birthday?: string | null
  readonly tags?: readonly string[]
  readonly emailConsent?: boolean | null
  readonly consentSource?: string | null
  /** When the consent was given or refused; now, where nothing is said. */
  readonly consentAt?: string
  /** Values by name: what is not mentioned stays, null takes a value away. */
  readonly attributes?: StatedValues
  /** In major units with at most two decimals. */
  readonly totalSpending?: number
  readonly visitCount?: number
  readonly lastVisit?: string | null
  readonly createdAt?: string
}
