import { crmCatalog } from '../catalog/crm-catalog.ts'
import { folded } from '../database/folded.ts'

/** What customers have on the wire beside the fields of rules. */
const onTheWire = 'externalId consentSource consentAt emailCount updatedAt attributes communicationLogs _count'

const customers = crmCatalog.entities['customers']

/** Folded names that an attribute cannot have: they mean something else in rules, on the wire or to JavaScript. */
const reserved = new Set(
  [
    ...Object.keys(customers?.fields ?? {}),
    ...Object.keys(customers?.relations ?? {}),
    ...onTheWire.split(' '),
    ...Object.getOwnPropertyNames(Object.prototype),
    'prototype',
  ].map(folded),
)

/** What people already call a built-in field, folded. */
const taken = new Set(
  Object.entries(customers?.fields ?? {})
    .flatMap(([name, { label, synonyms }]) => [name, ...(label === undefined ? [] : [label]), ...(synonyms ?? [])])
    .map(folded),
)

/** What is wrong with an attribute's name, or null. */
export function nameFault(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name)) {
    return '"name" must be a letter followed by letters, digits and _, at most 64 characters'
  }
  return reserved.has(folded(name)) ? `"${name}" is taken: customers have a field of this name` : null
}

/** What is wrong with a label, or null. Two fields of one name could not be told apart in a sentence. */
export function labelFault(label: string): string | null {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u.test(label)) return '"label" must be made of letters, digits, blanks, - and _'
  return taken.has(folded(label))
    ? `"${label}" is what people call a built-in field; please choose another label`
    : null
}
