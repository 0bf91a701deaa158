import { dictionary } from '@zxcvbn-ts/language-common'

/** The only file that knows the list: some 49,000 passwords that people use, in lower case, the most frequent first. */
const listed: readonly string[] = dictionary['passwords-common'] ?? []

/**
 * So many of them are refused with any decoration too ("Summer2026!"). Further down stand words that are one
 * part of many a good password.
 */
const mostCommon = 1_000

const all = new Set(listed)
const stems = new Set(listed.slice(0, mostCommon))

/** How people write letters to get past a rule that asks for digits and symbols. */
const disguises: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/** Whether a guesser would try it among the first: as it is listed, disguised, or a listed word with a tail of digits. */
export function isCommonPassword(password: string): boolean {
  const plain = password.toLowerCase()
  return [plain, undisguised(plain)].some((form) => all.has(form)) || stems.has(wordIn(plain))
}

/** Whether it is one of these words with little around it. */
export function isAbout(password: string, words: readonly string[]): boolean {
  const forms = [password.toLowerCase(), undisguised(password.toLowerCase())]
  return words.some((word) => password.length - word.length < leastBesides && forms.some((form) => form.includes(word)))
}

/** What somebody who knows the person tries: fewer characters than these beside the word are soon tried out. */
const leastBesides = 7

/** The word inside its decoration: `Welcome@123` is `welcome`. */
function wordIn(plain: string): string {
  return undisguised(plain.replace(/^[^a-z]+/, '').replace(/[\d\W_]+$/, ''))
}

function undisguised(text: string): string {
  return text.replace(/[@431!0$57]/g, (sign) => disguises[sign] ?? sign)
}
