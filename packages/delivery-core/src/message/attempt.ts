/**
 * What is known about one request to the vendor. `rejected`, `throttled`, `notsent` and `withheld` say for certain that
 * the vendor did not take the message, the last of them because we did not even try; `doubt` says that nobody can know
 * yet.
 */
export type AttemptResult = 'open' | 'accepted' | 'rejected' | 'throttled' | 'notsent' | 'withheld' | 'doubt'

/** One request to the vendor: written before its first byte leaves, never deleted. */
export interface Attempt {
  /** Counts from 1 within its message. */
  readonly number: number
  readonly result: AttemptResult
}

/**
 * What an attempt is after a further fact about it. A fact can only take doubt away: `accepted` stays for ever, and a
 * certain "no" is not undone by a later "perhaps". A certain "no" does give way to `accepted`, because hearing it from
 * the vendor outweighs whatever we concluded ourselves.
 */
export function settleAttempt(known: AttemptResult, fact: AttemptResult): AttemptResult {
  if (known === 'accepted' || fact === 'accepted') return 'accepted'
  if (known === 'open' || known === 'doubt') return fact === 'open' ? known : fact
  return known
}
