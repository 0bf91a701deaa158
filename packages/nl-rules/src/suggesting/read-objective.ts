/** What a message is to do. */
export type Intent =
  | 'announce'
  | 'celebrate'
  | 'feedback'
  | 'inform'
  | 'invite'
  | 'remind'
  | 'thank'
  | 'urge'
  | 'welcome'
  | 'winBack'

/** How the words of a topic hang together with what stands before them. */
export type Link = 'about' | 'for' | 'on' | 'that' | 'to' | 'with' | null

/** What an objective was understood to ask for. */
export interface Objective {
  readonly intent: Intent
  /** The words that the message must say, as they stand in the objective; null where it names none. */
  readonly topic: string | null
  readonly link: Link
  /** The objective is a message already. */
  readonly isDraft: boolean
}

/** An order to write something, its beginning taken away, and what the rest is about. */
interface Instruction {
  readonly intent: Intent
  readonly begins: RegExp
  /** The words after which the topic stands. Without any, it is all that follows. */
  readonly links: readonly Exclude<Link, null>[]
}

/**
 * The orders that are understood, tried from the top. To teach another one, add a line.
 * Whatever is between the verb and the link says whom the message goes to, and is no part of it.
 */
const instructions: readonly Instruction[] = [
  {
    intent: 'winBack',
    begins: /^(?:win|bring|get|lure|call)\b.{0,80}?\bback\b|^(?:re-?\s?(?:engage|activate|connect|gain)|revive)\w*/i,
    links: ['with'],
  },
  { intent: 'welcome', begins: /^(?:welcome|greet|onboard)\b/i, links: ['to', 'with'] },
  { intent: 'thank', begins: /^(?:thank|appreciate|reward|say thanks?(?: you)?)\b/i, links: ['for', 'with'] },
  {
    intent: 'feedback',
    begins: /^(?:ask|request|collect|get|gather|invite)\b.{0,60}?\b(?:feedback|reviews?|ratings?|opinions?|survey)\b/i,
    links: ['about', 'on', 'for'],
  },
  { intent: 'remind', begins: /^(?:remind|nudge|follow up)\b/i, links: ['about', 'to', 'that', 'with'] },
  { intent: 'invite', begins: /^invite\b/i, links: ['to', 'for', 'with'] },
  { intent: 'celebrate', begins: /^(?:wish|congratulate|celebrate)\b/i, links: ['on', 'with'] },
  {
    intent: 'announce',
    begins: /^(?:tell|inform|notify|let|update|alert)\b(?=.{0,80}?\b(?:about|of|that|on)\b)/i,
    links: ['about', 'that', 'on'],
  },
  {
    intent: 'urge',
    begins: /^(?:encourage|persuade|convince|motivate|get|ask|push|urge)\b(?=.{0,80}?\bto\b)/i,
    links: ['to'],
  },
  { intent: 'announce', begins: /^(?:to|for)\b(?=.{0,120}?\b(?:about|regarding|saying)\b)/i, links: ['about', 'that'] },
  { intent: 'announce', begins: /^(?=(?:about|regarding|saying)\b)/i, links: ['about', 'that'] },
  { intent: 'announce', begins: /^(?:increase|boost|drive|grow|improve)\b/i, links: ['for', 'about', 'with'] },
  {
    intent: 'announce',
    begins: /^(?:announce|promote|launch|introduce|advertise|share|present|sell(?: more)?|market|offer)\b/i,
    links: [],
  },
]

/** The words of each link. */
const linkWords: Readonly<Record<Exclude<Link, null>, string>> = {
  about: 'about|of|regarding',
  for: 'for',
  on: 'on',
  that: 'that|saying that|saying',
  to: 'to',
  with: 'with|by offering|by giving(?: them)?|using|through|offering',
}

/** Words for people that a message is sent to: a topic that holds them speaks about its reader, not to them. */
const people =
  'customers?|clients?|users?|people|shoppers?|contacts?|members?|buyers?|consumers?|subscribers?|everyone|everybody|audience|segments?'
/** Whom a message goes to, at the end of an order: "to our VIP customers who …". */
const toPeople = new RegExp(`\\s+(?:to|for|among)\\s+(?:[\\w'-]+\\s+){0,4}?(?:${people})\\b.*$`, 'iu')
const withPeople = new RegExp(`\\s+with\\s+(?:(?:all|our|the|my)\\s+){0,2}(?:[\\w'-]+\\s+)?(?:${people})\\b.*$`, 'iu')
const aboutPeople = new RegExp(`\\b(?:${people})\\b`, 'iu')

/** Reads what a message is to do. Total: whatever is not an order that is known is what the message says. */
export function readObjective(objective: string): Objective {
  const text = plain(objective)
  const order = orderIn(text)
  for (const { intent, begins, links } of instructions) {
    const begin = begins.exec(order)
    if (begin === null) continue
    return { intent, isDraft: false, ...topicIn(order.slice(begin[0].length), intent, links) }
  }
  if (order === text && isDraft(text)) return { intent: 'inform', topic: text, link: null, isDraft: true }
  if (/\bbirthday\b/i.test(order) && order.length < 40)
    return { intent: 'celebrate', topic: null, link: null, isDraft: false }
  const said = order.replace(/^(?:for|on|about)\s+/i, '')
  return { intent: 'inform', topic: topicOf(said), link: null, isDraft: false }
}

/** How people begin to say what they want, and what they want written. */
const wanting =
  /^(?:please|kindly|(?:we|i)(?:'d| would)? (?:want|need|like)(?: you)? to|help (?:me|us)(?: to)?|let's|let us|to)\s+/i
const writing =
  /^(?:write|create|generate|draft|compose|send|make|prepare|give me|i need|we need|i want|we want)\s+(?:me\s+|us\s+)?(?:an?\s+|the\s+|some\s+)?(?:[\w-]+,?\s+){0,4}?(?:messages?|e-?mails?|mails?|sms|texts?|notes?|notifications?|campaigns?|copy)\b[\s,:]*/i
/** "… announcing our sale" and "… that announces our sale" are "announce our sale". */
const verbForms: readonly (readonly [RegExp, string])[] = [
  [/^announc(?:ing|es)\b/i, 'announce'],
  [/^promot(?:ing|es)\b/i, 'promote'],
  [/^launch(?:ing|es)\b/i, 'launch'],
  [/^introduc(?:ing|es)\b/i, 'introduce'],
  [/^advertis(?:ing|es)\b/i, 'advertise'],
  [/^shar(?:ing|es)\b/i, 'share'],
  [/^offer(?:ing|s)\b/i, 'offer'],
  [/^thank(?:ing|s)\b/i, 'thank'],
  [/^welcom(?:ing|es)\b/i, 'welcome'],
  [/^invit(?:ing|es)\b/i, 'invite'],
  [/^remind(?:ing|s)\b/i, 'remind'],
  [/^wish(?:ing|es)\b/i, 'wish'],
  [/^celebrat(?:ing|es)\b/i, 'celebrate'],
  [/^(?:tell|inform)(?:ing|s)\b/i, 'tell'],
  [/^ask(?:ing|s)\b/i, 'ask'],
  [/^encourag(?:ing|es)\b/i, 'encourage'],
  [/^(?:winning|wins)\b/i, 'win'],
  [/^(?:bringing|brings)\b/i, 'bring'],
]

/** The order that a text gives, without how it is asked for. */
function orderIn(text: string): string {
  const wanted = text.replace(wanting, '')
  const written = wanted.replace(writing, '')
  const order = written === wanted ? wanted : written.replace(/^(?:to|that|which)\s+(?!(?:all|our|the|my)\b)/i, '')
  const form = verbForms.find(([pattern]) => pattern.test(order))
  return form === undefined ? order : order.replace(form[0], form[1])
}

function topicIn(rest: string, intent: Intent, links: Instruction['links']): { topic: string | null; link: Link } {
  if (links.length === 0) return { topic: topicOf(rest), link: null }
  const words = links.map((link) => linkWords[link]).join('|')
  const found = new RegExp(`^(.*?)(?:\\b(${words})\\s+|\\s*[:\\u2013\\u2014]\\s*)(.+)$`, 'isu').exec(rest)
  if (found === null) return intent === 'celebrate' ? wish(rest) : { topic: null, link: null }
  const [, , word = '', after = ''] = found
  const link = links.find((each) => new RegExp(`^(?:${linkWords[each]})$`, 'i').test(word)) ?? null
  // "Customers with more than 5 orders" names the audience; "with 20% off" names what they get.
  if (link === 'with' && !isThing(after)) return { topic: null, link: null }
  return { topic: topicOf(after), link }
}

/** "Wish customers a happy new year". */
function wish(rest: string): { topic: string | null; link: Link } {
  const found = /\b(an?\s+(?:very\s+)?(?:happy|merry|joyful|blessed|great|good)\b.+)$|\b((?:happy|merry)\b.+)$/iu.exec(
    rest,
  )
  const words = found?.[1] ?? (found?.[2] === undefined ? undefined : `a ${found[2]}`)
  return { topic: words === undefined ? null : topicOf(words), link: null }
}

function isThing(text: string): boolean {
  return (
    /^(?:an?|our|the|this|these|new|free)\s/iu.test(text) ||
    /%|\boff\b|\b(?:discount|voucher|coupon|code|gift|sale|deal|cashback|shipping|delivery|points|offer)/iu.test(text)
  )
}

function topicOf(text: string): string | null {
  const spoken = text
    .replace(toPeople, '')
    .replace(withPeople, '')
    .trim()
    .replace(/^(?:of|about)\s+/iu, '')
    .replace(/^[\s:,;.\u2013\u2014-]+|[\s:,;.!?\u2013\u2014-]+$/gu, '')
    .replaceAll(/\btheir\b/giu, 'your')
    .replaceAll(/\btheirs\b/giu, 'yours')
    .replaceAll(/\b(?:them|they)\b/giu, 'you')
  return spoken === '' || aboutPeople.test(spoken) ? null : withSmallBeginning(spoken)
}

/** "The new menu" stands inside a sentence as "the new menu"; names keep their capital. */
function withSmallBeginning(text: string): string {
  return text.replace(/^(?:The|An?|Our|Your|This|These|Those|New|My)\b/u, (word) => word.toLowerCase())
}

/** A message speaks to somebody: it greets, has a placeholder, or says "you". */
function isDraft(text: string): boolean {
  return (
    /\{\s*\w+\s*\}/u.test(text) ||
    /^(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening))\b/iu.test(text) ||
    /\b(?:you|your|yours)\b/iu.test(text)
  )
}

/** One line without markup and control characters. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/<[^<>]*>/gu, ' ')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
}
