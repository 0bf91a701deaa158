import type { TemplateValues } from './liquid.ts'

/** What is known about the person a message is written for. */
export interface TemplatePerson {
  readonly name: string
  readonly email: string
  /** In the currency's smallest unit, such as cents. */
  readonly spendingMinor: number
}

/** The three placeholders of the message editor: `{name}`, `{email}` and `{spending}`, the last one as money. */
export function customerValues(person: TemplatePerson, currency: string): TemplateValues {
  return { name: person.name, email: person.email, spending: money(person.spendingMinor, currency) }
}

/** Somebody to try a template on. */
export const samplePerson: TemplatePerson = { name: 'Ada Lovelace', email: 'ada@example.com', spendingMinor: 123_450 }

function money(minor: number, currency: string): string {
  const format = formatOf(currency)
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** decimals)
}

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format costs more than using it a thousand times, and there are few currencies. */
function formatOf(currency: string): Intl.NumberFormat {
  const known = formats.get(currency)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  formats.set(currency, made)
  return made
}
