import type { Catalog, Rule } from '@muster/segment-core'
import { askOnce } from '../asking/ask-once.ts'
import type { Deadline, LanguageModel, ModelFailure, ModelName } from '../asking/language-model.ts'
import { askForMessages } from './ask-for-messages.ts'
import { type Trait, traitsOf } from './audience-traits.ts'
import { createChance } from './chance.ts'
import { type Channel, type Tone, tones } from './channel.ts'
import type { Allowed } from './check-message.ts'
import { composeMessages } from './compose-messages.ts'
import { type Objective, readObjective } from './read-objective.ts'

/** What messages are wanted. */
export interface SuggestionRequest {
  /** What the message is to do, or a draft of it, in the words of whoever sends it. At most 2,000 characters are read. */
  readonly objective: string
  /** Whom it goes to; what the rule says of all of them may be spoken of. */
  readonly audience?: Rule
  /** Without one, each suggestion has another tone. */
  readonly tone?: Tone
  /** `email` by default. */
  readonly channel?: Channel
  readonly catalog: Catalog
  /** The same request with the same seed gives the same composed messages. */
  readonly seed: number
  /** How many at most, from 1 to 10; 3 by default, and 5 (one of each tone) without a tone. */
  readonly count?: number
  /** The placeholders that will be filled in. `{name}`, `{email}` and `{spending}` by default. */
  readonly placeholders?: readonly string[]
}

/** A model to ask, and its timer. */
export interface Writing {
  readonly model: LanguageModel
  /** The timer that ends the asking, such as `AbortSignal.timeout`. */
  readonly deadline: Deadline
  readonly signal?: AbortSignal
}

/** A message that could be sent. It promises nothing that its objective does not hold. */
export interface Suggestion {
  readonly text: string
  /** Mails have one. */
  readonly subject: string | null
  readonly tone: Tone
  readonly channel: Channel
  /** What it is made from, in a sentence for people. No figure says how well it will do: nobody knows. */
  readonly why: string
}

/** What could be sent, and where it comes from. */
export interface Suggestions {
  readonly suggestions: readonly [Suggestion, ...Suggestion[]]
  readonly source: 'composed' | ModelName
  /** Why a model that was to write did not; null where it did, or none was to. */
  readonly failure: ModelFailure | 'INVALID_MESSAGES' | null
}

const usualPlaceholders: readonly string[] = ['name', 'email', 'spending']
/** Longer objectives are no objectives. */
const longestObjective = 2_000
const mostSuggestions = 10
/** As long as somebody waits for a page. */
const mostWritingMs = 10_000

/**
 * Suggests messages for an objective and an audience. With a model the messages are its own, as far as they keep the
 * promises of `Suggestion`; without one, or where it fails, they are composed from phrases, and that is said.
 */
export async function suggestMessages(request: SuggestionRequest & Partial<Writing>): Promise<Suggestions> {
  const order = orderOf(request)
  const { model, deadline } = request
  if (model === undefined || deadline === undefined || order.allowed.objective.trim() === '')
    return composed(order, null)
  const ending = deadline(mostWritingMs)
  const signal = request.signal === undefined ? ending : AbortSignal.any([ending, request.signal])
  const tone = request.tone ?? 'friendly'
  const commission = {
    objective: order.allowed.objective,
    traits: order.traits,
    tone,
    allowed: order.allowed,
    count: order.count,
  }
  const written = await askForMessages(model, commission, (asked, question) => askOnce(asked, question, signal))
  if (!written.ok) return composed(order, written.failure)
  const [first, ...others] = written.messages.map((message) => ({
    ...message,
    tone,
    channel: order.allowed.channel,
    why: `Written by a language model (${model.name}) from your objective, and checked.`,
  }))
  return first === undefined
    ? composed(order, 'INVALID_MESSAGES')
    : { suggestions: [first, ...others], source: model.name, failure: null }
}

/** A request, made ready. */
interface Order {
  readonly request: SuggestionRequest
  readonly objective: Objective
  readonly traits: readonly Trait[]
  readonly allowed: Allowed
  readonly count: number
}

function orderOf(request: SuggestionRequest): Order {
  const { audience, catalog, channel = 'email', placeholders = usualPlaceholders } = request
  const objective = request.objective.slice(0, longestObjective)
  const usual = request.tone === undefined ? tones.length : 3
  return {
    request,
    objective: readObjective(objective),
    traits: audience === undefined ? [] : traitsOf(audience, catalog),
    allowed: { objective, channel, placeholders },
    count: Math.min(mostSuggestions, Math.max(1, Math.trunc(request.count ?? usual))),
  }
}

function composed({ request, objective, traits, allowed, count }: Order, failure: Suggestions['failure']): Suggestions {
  const chance = createChance(request.seed)
  const wanted = request.tone === undefined ? tones : [request.tone]
  const perTone = Math.ceil(count / wanted.length)
  const suggestions = wanted
    .flatMap((tone) =>
      composeMessages({ objective, traits, tone, allowed }, perTone, chance).map(
        ({ text, subject, saysTopic, trait }): Suggestion => ({
          text,
          subject,
          tone,
          channel: allowed.channel,
          why: whyOf(objective, saysTopic, trait),
        }),
      ),
    )
    .slice(0, count)
  const [first, ...others] = suggestions
  if (first === undefined) throw new Error('The phrases of a tone do not keep the promises of suggestions')
  return { suggestions: [first, ...others], source: 'composed', failure }
}

function whyOf({ topic, isDraft }: Objective, saysTopic: boolean, trait: Trait['is'] | null): string {
  const parts = [
    isDraft && saysTopic ? 'Your own words, with a beginning and an end.' : 'Composed from your objective.',
    ...(topic !== null && !saysTopic
      ? ['Its details are left out: they are too long for this channel, or no plain text with known placeholders.']
      : []),
    ...(trait === null ? [] : ['It speaks of what your rule says about everybody in the audience.']),
  ]
  return parts.join(' ')
}
