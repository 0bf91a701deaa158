/** A text without what would tell who somebody is, and the way back. */
export interface MaskedText {
  readonly text: string
  /** The hidden values by the placeholder that stands for each: `[EMAIL_1]`, `[NUMBER_1]`. */
  readonly hidden: ReadonlyMap<string, string>
}

/** Whatever has an at sign in it, also a full-width, spelled out or percent-encoded one: rather a word too many. */
const email = /[^\s"'<>()[\]{},;:]+(?:[@＠﹫]|%40|\s?[([{]\s?at\s?[)\]}]\s?)[^\s"'<>()[\]{},;:]+/giu

/** Days stay: they are what an audience is described with. */
const day =
  /((?<![\p{Nd}-])(?:\p{Nd}{4}-\p{Nd}{1,2}-\p{Nd}{1,2}|\p{Nd}{1,2}[-./]\p{Nd}{1,2}[-./]\p{Nd}{4})(?![\p{Nd}-]))/u

/** Digits in one go, or in groups as telephone and card numbers are written. */
const number = /\p{Nd}(?:[\s.()\-\u2010-\u2015]{0,3}\p{Nd})*/gu
const group = /\p{Nd}+(?:\.\p{Nd}+)*/gu
/** Amounts in groups, such as 1,00,00,000. */
const amount = /\p{Nd}{1,3}(?:,\p{Nd}{2,3})+/gu

/** Shorter numbers are amounts, counts and years. Telephone numbers have seven digits or more. */
const fewestDigits = 7
/** Grouped with commas a number is an amount, unless it is longer than amounts are. */
const fewestGroupedDigits = 10

/**
 * Hides e-mail addresses, telephone numbers and long numbers. The same value always has the same placeholder. Each group
 * of digits is hidden by itself, so that the range 50000-100000, which might be a telephone number, stays a range.
 */
export function mask(text: string): MaskedText {
  const placeholders = new Map<string, string>()
  const hideAs = (kind: string) => (value: string) => {
    const known = placeholders.get(value)
    if (known !== undefined) return known
    const made = freePlaceholder(kind, text, placeholders.size + 1)
    placeholders.set(value, made)
    return made
  }
  const withoutEmails = text.replaceAll(email, hideAs('EMAIL'))
  const masked = withoutEmails
    .split(day)
    .map((part, index) => (index % 2 === 1 ? part : withoutNumbers(part, hideAs('NUMBER'))))
    .join('')
  return { text: masked, hidden: new Map([...placeholders].map(([value, placeholder]) => [placeholder, value])) }
}

function withoutNumbers(text: string, hide: (value: string) => string): string {
  return text
    .replaceAll(amount, (found) => (digitsIn(found) >= fewestGroupedDigits ? hide(found) : found))
    .replaceAll(number, (found) => (digitsIn(found) >= fewestDigits ? found.replaceAll(group, hide) : found))
}

function digitsIn(text: string): number {
  return [...text.matchAll(/\p{Nd}/gu)].length
}

/** A placeholder that nobody wrote into the text already. */
function freePlaceholder(kind: string, text: string, from: number): string {
  let count = from
  while (text.includes(`[${kind}_${count}]`)) count++
  return `[${kind}_${count}]`
}
