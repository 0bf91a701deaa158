import { majorOf } from '../money/minor-units.ts'
import { isoOf } from '../world/moment.ts'
import type { ConsentChange } from './consent-change.ts'
import type { Customer } from './customer.ts'

/** A customer as clients see one: named key by key, money in major units, times as text. */
export function customerOnTheWire(customer: Customer) {
  return {
    id: customer.id,
    externalId: customer.externalId,
    email: customer.email,
    name: customer.name,
    phone: customer.phone,
    city: customer.city,
    state: customer.state,
    country: customer.country,
    gender: customer.gender,
    birthday: customer.birthday,
    tags: customer.tags,
    emailConsent: customer.emailConsent,
    consentSource: customer.consentSource,
    consentAt: isoOf(customer.consentAtMs),
    attributes: customer.attributes,
    totalSpending: majorOf(customer.totalSpendingMinor),
    orderCount: customer.orderCount,
    visitCount: customer.visitCount,
    lastVisit: isoOf(customer.lastVisitAtMs),
    createdAt: isoOf(customer.createdAtMs),
    updatedAt: isoOf(customer.updatedAtMs),
  }
}

/** What a customer has agreed to, and how it came to be, newest first. */
export function consentOnTheWire(
  { emailConsent, consentSource, consentAtMs }: Customer,
  changes: readonly ConsentChange[],
) {
  return {
    emailConsent,
    consentSource,
    consentAt: isoOf(consentAtMs),
    history: changes.map((change) => ({
      emailConsent: change.emailConsent,
      source: change.source,
      changedBy: change.changedBy,
      changedAt: isoOf(change.changedAtMs),
    })),
  }
}
