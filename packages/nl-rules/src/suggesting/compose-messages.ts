import type { Trait } from './audience-traits.ts'
import { type Chance, shuffled } from './chance.ts'
import { type Channel, longestSubject, type Tone } from './channel.ts'
import { type Allowed, checkMessage, type Message } from './check-message.ts'
import {
  audienceLine,
  closings,
  closingsFor,
  frames,
  framesFor,
  leads,
  openings,
  type Register,
  registerOf,
  type TopicKind,
} from './phrases.ts'
import type { Objective } from './read-objective.ts'

/** What messages are composed from. */
export interface Composition {
  readonly objective: Objective
  readonly traits: readonly Trait[]
  readonly tone: Tone
  readonly allowed: Allowed
}

/** A message, and what it is made of. */
export interface Composed extends Message {
  /** It says the topic of the objective, or there is none to say. */
  readonly saysTopic: boolean
  /** What it says of its audience; null when it says nothing. */
  readonly trait: Trait['is'] | null
}

/**
 * Composes different messages from the phrases, each checked like one of a model's. The topic is said as it stands in
 * the objective or, where it cannot be (it is too long for the channel, or holds an unknown placeholder), not at all.
 * There is always at least one message.
 */
export function composeMessages(composition: Composition, count: number, chance: Chance): Composed[] {
  const { topic } = composition.objective
  const withTopic = topic === null ? [] : fitting(candidates(composition, chance, topic), composition.allowed, count)
  return withTopic.length > 0 ? withTopic : fitting(candidates(composition, chance, null), composition.allowed, count)
}

/** The first so many different ones that keep their promises. */
function fitting(all: readonly Composed[], allowed: Allowed, count: number): Composed[] {
  const found = new Map<string, Composed>()
  for (const message of all) {
    if (found.size === count) break
    if (!found.has(message.text) && checkMessage(message, allowed).length === 0) found.set(message.text, message)
  }
  return [...found.values()]
}

/** Ways to say it, by turns with other words: the fullest first, then without what can be left out. */
function candidates(composition: Composition, chance: Chance, topic: string | null): Composed[] {
  const { objective, traits, tone, allowed } = composition
  const register = registerOf[tone]
  const isSpoken = objective.isDraft && topic !== null
  const words: Words = {
    bodies: shuffled(bodiesFor(objective, topic, register), chance),
    begins: isSpoken && isGreeting(topic) ? [null] : shuffled(openings[tone], chance),
    ends: shuffled(closingsFor[objective.intent]?.[register] ?? closings[tone], chance),
    // A draft begins in its own way.
    lines: isSpoken ? [null] : [...traits.filter(({ is }) => !isSaidAlready(is, objective)), null],
  }
  const full = turnsOf(words)
  const bare = full.map((turn) => ({ ...turn, line: null }))
  const shapes = [
    ...full,
    ...bare,
    ...full.map((turn) => ({ ...turn, end: null })),
    ...bare.map((turn) => ({ ...turn, end: null })),
    ...bare.map((turn) => ({ ...turn, begin: null, end: null })),
  ]
  const subject = allowed.channel === 'email' ? subjectFor(topic, objective, register) : null
  return shapes.map(({ begin, line, body, end }) => ({
    text: assembled(allowed.channel, begin, [line === null ? null : audienceLine(line, register), body], end),
    subject,
    saysTopic: topic !== null || objective.topic === null,
    trait: line?.is ?? null,
  }))
}

interface Words {
  readonly bodies: readonly string[]
  readonly begins: readonly (Opening | null)[]
  readonly ends: readonly string[]
  readonly lines: readonly (Trait | null)[]
}

type Opening = (typeof openings)[Tone][number]

/** Every body once, then every body again with the next words around it. */
function turnsOf({ bodies, begins, ends, lines }: Words) {
  return Array.from({ length: bodies.length * ends.length }, (_, turn) => ({
    body: bodies[turn % bodies.length] ?? '',
    begin: begins[turn % begins.length] ?? null,
    end: ends[Math.floor(turn / bodies.length + turn) % ends.length] ?? null,
    line: lines[turn % lines.length] ?? null,
  }))
}

function bodiesFor({ intent, link, isDraft }: Objective, topic: string | null, register: Register): readonly string[] {
  if (topic === null) return leads[intent][register]
  if (isDraft) return [ended(topic)]
  const own = framesFor[link === null ? intent : `${intent} ${link}`]
  if (own !== undefined) return own[register].map((frame) => filled(frame, topic))
  const kind = kindOf(topic, intent, link)
  const said = kind === 'deed' ? uncapitalized(topic) : topic
  const framed = frames[kind][register].map((frame) => filled(frame, said))
  if (intent === 'announce' || intent === 'inform' || intent === 'urge') return framed
  return leads[intent][register].flatMap((lead) => framed.map((frame) => `${lead} ${frame}`))
}

function kindOf(topic: string, intent: Objective['intent'], link: Objective['link']): TopicKind {
  if (intent === 'urge' || isDeed.test(topic)) return 'deed'
  if (link === 'that' || isStatement.test(topic) || (intent === 'inform' && !hasArticle.test(topic))) return 'statement'
  return link === 'with' ? 'gift' : 'thing'
}

const isDeed =
  /^(?:use|visit|come|try|get|shop|buy|order|join|book|call|enjoy|discover|taste|see|read|watch|download|register|sign up|subscribe)\s/iu
/** "Have you heard about Diwali sale?" would not do. */
const hasArticle = /^(?:an?|the|our|your|this|these|my)\s/iu
const isStatement = /\s(?:is|are|was|were|has|have|will|can|starts?|opens?|begins?|arrives?|ends?|closes?|moves?)\b/iu

function filled(frame: string, topic: string): string {
  const isFirst = frame.startsWith('<topic>')
  return frame.replaceAll('<topic>', () => (isFirst ? capitalized(topic) : topic))
}

function capitalized(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

function uncapitalized(text: string): string {
  return text.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())
}

function ended(text: string): string {
  return /[.!?\u2026]["')\]]?$/u.test(text) ? text : `${text}.`
}

function isGreeting(text: string): boolean {
  return (
    /^(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening)|\{name\})\b/iu.test(text) ||
    text.startsWith('{name}')
  )
}

/** What the intent says need not be said of the audience again. */
function isSaidAlready(is: Trait['is'], { intent }: Objective): boolean {
  return (is === 'away' && intent === 'winBack') || (is === 'new' && intent === 'welcome')
}

function assembled(
  channel: Channel,
  begin: Opening | null,
  sentences: readonly (string | null)[],
  end: string | null,
): string {
  const body = sentences.filter((sentence) => sentence !== null).join(' ')
  if (channel !== 'email') {
    return [begin === null ? null : `${begin.words}${begin.mark}`, body, end].filter((part) => part !== null).join(' ')
  }
  return [begin === null ? null : `${begin.words},`, body, end].filter((part) => part !== null).join('\n\n')
}

function subjectFor(topic: string | null, { intent, isDraft }: Objective, register: Register): string {
  const fits = topic !== null && !isDraft && !/[{}]/u.test(topic) && topic.length <= longestSubject
  return fits ? capitalized(topic) : (leads[intent][register][0] ?? '').replace(/[.!?].*$/u, '')
}
