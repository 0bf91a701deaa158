import type { FailureCode } from './vendor-answer.ts'

const sentences: Readonly<Record<FailureCode, string>> = {
  VENDOR_REFUSED: 'The vendor refused this message',
  VENDOR_UNREACHABLE: 'The vendor could not be reached',
  VENDOR_THROTTLED: 'The vendor asked to wait too often',
  VENDOR_UNAVAILABLE: 'The vendor was not able to take it',
  VENDOR_AUTH: 'The vendor does not accept our account',
  VENDOR_KEY_MISMATCH: 'The vendor knows this message with another text',
  ANSWER_LOST: 'The answer of the vendor was lost',
  DOUBT_OVERDUE: 'Nobody knows whether the vendor took it, and no receipt came in time',
  KEY_EXPIRED: 'The vendor may have forgotten this message, and sending it again could send it twice',
  TEMPLATE_FAILED: 'The text could not be made for this person',
  CONSENT_REFUSED: 'This person does not want messages',
  CONSENT_MISSING: 'This person never agreed to messages',
  OPTED_OUT: 'This address must not be written to',
  FREQUENCY_CAP: 'This person has had as many messages lately as the workspace allows',
  CUSTOMER_GONE: 'This customer was deleted',
  NO_ADDRESS: 'This person has no address',
  CONTROL_GROUP: 'This person belongs to those whom the campaign leaves out, to be compared with',
  WINDOW_CLOSED: 'The time in which this campaign was to be sent was over',
  CANCELLED: 'The campaign was cancelled before this message went out',
}

/** Why a message did not arrive, in one sentence for people, where nobody said anything more exact. */
export function sayFailure(code: FailureCode): string {
  return sentences[code]
}
