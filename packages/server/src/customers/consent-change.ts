import type { CustomerFacts } from './customer.ts'

/** One answer of a customer to the question whether they may be written to. */
export interface ConsentChange {
  readonly id: string
  readonly customerId: string
  /** Null where the answer was taken back altogether. */
  readonly emailConsent: boolean | null
  readonly source: string
  /** Who wrote it down; null for what was known before this history began. */
  readonly changedBy: string | null
  readonly changedAtMs: number
}

/** A customer before and after a request. */
interface Written {
  readonly before: CustomerFacts | null
  readonly after: CustomerFacts & { readonly id: string }
}

/** The changes of consent among what is being written. */
export function consentChanges(
  written: readonly Written[],
  changedBy: string,
  nowMs: number,
  newId: () => string,
): readonly ConsentChange[] {
  return written
    .filter(({ before, after }) => after.emailConsent !== (before?.emailConsent ?? null))
    .map(({ after: { id: customerId, emailConsent, consentSource, consentAtMs } }) => ({
      id: newId(),
      customerId,
      emailConsent,
      source: consentSource ?? 'api',
      changedBy,
      changedAtMs: consentAtMs ?? nowMs,
    }))
}
