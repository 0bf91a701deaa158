import type { Noun, Verb } from '@muster/segment-core'

/** Nouns for stuff, which English does not count: "bought furniture" has no singular and no other plural. */
const uncountable =
  /(?:^|[ -])(?:.*ware|.*wear|.*ics|furniture|clothing|jewell?e?ry|make-?up|skincare|stationery|decor|care|luggage|equipment|rice|bread|milk|sugar|flour|meat|gold|silver|cotton|silk|wool|music|money|news|food|hair|water|sportswear|haircare|cutlery|crockery|merchandise|lingerie|hosiery|insurance|petrol|fuel|denim|honey)$/
/** Nouns that have only a plural. */
const pluralOnly =
  /(?:^|[ -])(?:jeans|trousers|pants|shorts|leggings|tights|scissors|clothes|pyjamas|pajamas|sunglasses|goods|supplies|groceries|tweezers|binoculars|dungarees|overalls|thanks)$/
const irregular: Readonly<Record<string, string>> = {
  man: 'men',
  woman: 'women',
  child: 'children',
  person: 'people',
  foot: 'feet',
  tooth: 'teeth',
  mouse: 'mice',
  knife: 'knives',
  wife: 'wives',
  life: 'lives',
  leaf: 'leaves',
  shelf: 'shelves',
  scarf: 'scarves',
  loaf: 'loaves',
  half: 'halves',
  wolf: 'wolves',
  potato: 'potatoes',
  tomato: 'tomatoes',
  lady: 'ladies',
  cookie: 'cookies',
  movie: 'movies',
  shoe: 'shoes',
  toe: 'toes',
  tie: 'ties',
  pie: 'pies',
  brownie: 'brownies',
  hoodie: 'hoodies',
  selfie: 'selfies',
  smoothie: 'smoothies',
  beanie: 'beanies',
  onesie: 'onesies',
  bus: 'buses',
  gas: 'gases',
  lens: 'lenses',
  axe: 'axes',
  watch: 'watches',
  sandwich: 'sandwiches',
  cache: 'caches',
  dress: 'dresses',
  glass: 'glasses',
  sunglass: 'sunglasses',
  mattress: 'mattresses',
  cactus: 'cactuses',
  virus: 'viruses',
  bonus: 'bonuses',
  hero: 'heroes',
  echo: 'echoes',
}
const irregularSingular = new Map(Object.entries(irregular).map(([one, many]) => [many, one]))

/** The plural of a noun or of the last word of a phrase. */
export function plural(noun: string): string {
  const [before, last] = splitLast(noun)
  return before + pluralWord(last)
}

function pluralWord(word: string): string {
  const known = irregular[word]
  if (known !== undefined) return known
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return `${word}s`
}

/** The singular of a noun or of the last word of a phrase; the noun itself when it is one already. */
export function singular(noun: string): string {
  const [before, last] = splitLast(noun)
  return before + singularWord(last)
}

function singularWord(word: string): string {
  const known = irregularSingular.get(word)
  if (known !== undefined) return known
  if (Object.hasOwn(irregular, word)) return word
  if (/(?:ss|us|is)$/.test(word) || !word.endsWith('s') || word.length < 4) return word
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|zz|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

/** Singular and plural of a noun, as far as English has both; the noun as it was given first. */
export function bothNumbers(noun: string): readonly string[] {
  if (uncountable.test(noun) || pluralOnly.test(noun)) return [noun]
  const one = singular(noun)
  const many = one === noun ? plural(noun) : noun
  return one === many ? [noun] : [one, many]
}

function splitLast(phrase: string): readonly [before: string, last: string] {
  const cut = Math.max(phrase.lastIndexOf(' '), phrase.lastIndexOf('-')) + 1
  return [phrase.slice(0, cut), phrase.slice(cut)]
}

/** The forms of a noun. */
export function nounForms(noun: Noun): { readonly one: string; readonly many: string } {
  return typeof noun === 'string' ? { one: noun, many: plural(noun) } : { one: noun[0], many: noun[1] }
}

/** Every form of a verb, or of the first word of a phrase like "sign up". */
export function verbForms(verb: Verb): { readonly base: string; readonly forms: readonly string[] } {
  const [base, past, participle] = typeof verb === 'string' ? [verb] : verb
  const [first, ...rest] = base.split(' ')
  const tail = rest.length === 0 ? '' : ` ${rest.join(' ')}`
  const head = first ?? base
  const ed = past === undefined ? [pastForm(head) + tail] : [past, participle ?? past]
  return { base, forms: [...new Set([base, pluralWord(head) + tail, ...ed, ingForm(head) + tail])] }
}

function pastForm(verb: string): string {
  if (verb.endsWith('e')) return `${verb}d`
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`
  return `${doubled(verb)}ed`
}

function ingForm(verb: string): string {
  if (/[^e]e$/.test(verb) && verb.length > 2) return `${verb.slice(0, -1)}ing`
  return `${doubled(verb)}ing`
}

/** "shop" becomes "shopp", "enrol" "enroll"; "order", "visit" and "open" stay. */
function doubled(verb: string): string {
  const isShort = /^[^aeiou]*[aeiou][bdgklmnprt]$/.test(verb)
  return isShort || /[aeiou]ol$/.test(verb) || verb === 'enrol' ? verb + verb.slice(-1) : verb
}
