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

/** How amounts of a currency look, and how many decimals its smallest unit stands behind. */
interface MoneyFormat {
  readonly format: Intl.NumberFormat
  readonly decimals: number
}

function money(minor: number, currency: string): string {
  const { format, decimals } = formatOf(currency)
  return format.format(minor / 10 ** decimals)
}

const formats = new Map<string, MoneyFormat>()

/** Making a format costs more than using it a thousand times, and there are few currencies. */
function formatOf(currency: string): MoneyFormat {
  const known = formats.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  const made = { format, decimals: format.resolvedOptions().maximumFractionDigits ?? 2 }
  formats.set(currency, made)
  return made
}
