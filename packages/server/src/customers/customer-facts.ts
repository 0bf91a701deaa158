import type { AttributeValues } from '../attributes/attribute.ts'
import type { StatedValues } from '../attributes/read-values.ts'
import { folded } from '../database/folded.ts'
import { momentMs } from '../world/moment.ts'
import type { CustomerFacts, CustomerInput } from './customer.ts'

/** What is known of somebody of whom nothing has been said. */
const unknown: CustomerFacts = {
  externalId: null,
  email: '',
  name: '',
  phone: null,
  city: null,
  state: null,
  country: null,
  gender: null,
  birthday: null,
  tags: [],
  emailConsent: null,
  consentSource: null,
  consentAtMs: null,
  attributes: {},
}

/** The facts after a request has stated `input`: what it does not mention stays as it was. */
export function factsAfter(input: CustomerInput, before: CustomerFacts | null, nowMs: number): CustomerFacts {
  const known = before ?? unknown
  const stated = <Key extends 'externalId' | 'phone' | 'city' | 'state' | 'country' | 'gender' | 'birthday'>(
    key: Key,
  ) => {
    const value = input[key]
    return value === undefined ? known[key] : value || null
  }
  return {
    externalId: stated('externalId'),
    email: input.email,
    name: input.name,
    phone: stated('phone'),
    city: stated('city'),
    state: stated('state'),
    country: stated('country'),
    gender: stated('gender'),
    birthday: stated('birthday'),
    tags: input.tags === undefined ? known.tags : distinct(input.tags),
    attributes: merged(known.attributes, input.attributes ?? {}),
    ...consentAfter(input, known, nowMs),
  }
}

/** In the order of their names, so that what is the same also looks the same. */
function merged(known: AttributeValues, stated: StatedValues): AttributeValues {
  const entries = Object.entries({ ...known, ...stated }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  )
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** Consent carries when and through what it was given; saying the same again does not renew it. */
function consentAfter(input: CustomerInput, known: CustomerFacts, nowMs: number) {
  const { emailConsent, consentSource, consentAtMs } = known
  const isChange = input.emailConsent !== undefined && input.emailConsent !== emailConsent
  if (!isChange) return { emailConsent, consentSource, consentAtMs }
  const isAnswer = input.emailConsent !== null
  return {
    emailConsent: input.emailConsent ?? null,
    consentSource: isAnswer ? (input.consentSource ?? 'api') : null,
    // Nobody has agreed in the future; a clock that runs ahead is not believed.
    consentAtMs: isAnswer ? Math.min(momentMs(input.consentAt ?? '') ?? nowMs, nowMs) : null,
  }
}

/**
 * The input as an import may have it: somebody who has withdrawn their consent has the last word, whatever another
 * system remembers. Only a change to the customer, made on purpose, gives it back.
 */
export function respectingWithdrawal(input: CustomerInput, before: CustomerFacts | null): CustomerInput {
  if (before?.emailConsent !== false || input.emailConsent === undefined) return input
  const { emailConsent, consentSource, consentAt, ...others } = input
  return others
}

/** Tags that differ only in case are one; the first spelling stays. In the order of their folded text, as stored. */
function distinct(tags: readonly string[]): readonly string[] {
  const byFolded = new Map<string, string>()
  for (const tag of tags) if (!byFolded.has(folded(tag))) byFolded.set(folded(tag), tag)
  return [...byFolded].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, tag]) => tag)
}

/** Whether two sets of facts say the same. */
export function sameFacts(one: CustomerFacts, other: CustomerFacts): boolean {
  return JSON.stringify(factsOf(one)) === JSON.stringify(factsOf(other))
}

/** The facts alone, in one order. */
function factsOf(facts: CustomerFacts): readonly unknown[] {
  const { externalId, email, name, phone, city, state, country, gender, birthday } = facts
  const { tags, emailConsent, consentSource, consentAtMs, attributes } = facts
  const plain = [externalId, email, name, phone, city, state, country, gender, birthday]
  return [...plain, [...tags].sort(), emailConsent, consentSource, consentAtMs, attributes]
}
