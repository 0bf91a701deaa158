import { type Channel, lengthOf, longestOn, longestSubject } from './channel.ts'

/** A message as it would be sent, before its placeholders are filled in. */
export interface Message {
  readonly text: string
  /** Mails have one. */
  readonly subject: string | null
}

/** What a message may hold. */
export interface Allowed {
  /** In the words of whoever asked: what is not promised here, a message does not promise. */
  readonly objective: string
  readonly channel: Channel
  /** The placeholders that will be filled in: `name` is written {name}, and `customer.city` {{ customer.city }}. */
  readonly placeholders: readonly string[]
}

/** Everything that is wrong with a message, in sentences; nothing when it keeps its promises. */
export function checkMessage({ text, subject }: Message, allowed: Allowed): string[] {
  const problems = [...problemsIn(text, allowed)]
  const longest = longestOn(allowed.channel, text)
  if (text.trim() === '') problems.push('The message is empty')
  if (lengthOf(text) > longest) {
    problems.push(
      `The message has ${lengthOf(text)} characters with its placeholders filled in; at most ${longest} fit`,
    )
  }
  if (subject === null) return problems
  if (subject.includes('\n') || lengthOf(subject) > longestSubject) {
    problems.push(`The subject must be one line of at most ${longestSubject} characters`)
  }
  return [...new Set([...problems, ...problemsIn(subject, allowed)])]
}

function* problemsIn(text: string, { objective, placeholders }: Allowed): Generator<string> {
  const { spoken, unknown } = withoutPlaceholders(text, placeholders)
  if (unknown) yield `Only these placeholders are known: ${placeholders.map(written).join(', ')}`
  if (/[^\P{C}\n]/u.test(text)) yield 'The message holds control characters'
  if (/<\/?[a-z!]|\*\*|^#{1,6} |\]\(/imu.test(text)) yield 'The message must be plain text, without markup'
  const linked = missingFrom(objective, spoken.match(links))
  if (linked !== undefined) yield `"${linked}" is a link or address that the objective does not hold`
  const number = missingFrom(objective, spoken.match(numbers), numbers)
  if (number !== undefined) yield `The number ${number} is not in the objective`
  const own = objective.replaceAll(/\bwin(?:s|ning)?\b.{0,80}?\bback\b/giu, ' ')
  for (const promise of promises) {
    const [found] = promise.exec(spoken) ?? []
    if (found !== undefined && !promise.test(own)) yield `"${found}" promises something that the objective does not`
  }
}

/** Anything that a phone makes a link of. */
const links = /(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+|\S+@\S+|[\p{L}\p{N}-]+\.\p{L}{2,}(?:\/\S*)?/giu
const numbers = /\p{Nd}+(?:[.,:]\p{Nd}+)*/gu

/** Words that promise an offer, a price, a gift, a prize, or that time or goods run out. */
const promises: readonly RegExp[] = [
  'free|complimentary|gratis',
  '%|percent|per cent',
  'off',
  'discount\\w*|rebates?|reduc(?:ed|tion)s?|markdowns?',
  'sales?|clearance|bargains?',
  'deals?',
  'offer(?:s|ed|ing)?',
  'gifts?|presents?|freebies?|giveaways?',
  'coupons?|vouchers?|promos?|promotions?|codes?',
  'cash ?backs?|refund\\w*|credits?',
  'bonus\\w*|reward\\w*|points?|perks?|treats?',
  'prizes?|win|wins|winners?|raffles?|lottery|jackpot',
  'guarante\\w*|warrant\\w*',
  'sav(?:e|es|ed|ing|ings)',
  'prices?|priced|cheap\\w*|half|double|twice|extra',
  'exclusive\\w*|special\\w*|vip',
  'on us|on the house|no charge|at no cost|no cost',
  'limited|last chance|final|ends?|ending|expir\\w*|deadlines?|hurry|act now|only today|today only|tonight|while (?:stocks?|supplies) lasts?',
  'sell(?:s|ing)? (?:out|fast)|sold out|few left|in stock|almost gone|running out',
  'two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|hours?|minutes?|midnight',
  '[$€£₹¥]|dollars?|rupees?|euros?|pounds?',
].map((words) => new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, 'iu'))

function missingFrom(objective: string, found: readonly string[] | null, likewise?: RegExp): string | undefined {
  const there = likewise === undefined ? null : new Set(objective.match(likewise))
  return (found ?? [])
    .map((word) => word.replace(/[.,:;!?)"']+$/u, ''))
    .find((word) => (there === null ? !objective.includes(word) : !there.has(word)))
}

function withoutPlaceholders(text: string, known: readonly string[]): { spoken: string; unknown: boolean } {
  const spoken = text
    .replaceAll(/\{\{\s*(\w+(?:\.\w+)+)\s*\}\}/gu, (found, name: string) => (known.includes(name) ? ' ' : found))
    .replaceAll(/(?<!\{)\{(\w+)\}(?!\})/gu, (found, name: string) => (known.includes(name) ? ' ' : found))
  return { spoken, unknown: /[{}]/u.test(spoken) }
}

function written(name: string): string {
  return name.includes('.') ? `{{ ${name} }}` : `{${name}}`
}
