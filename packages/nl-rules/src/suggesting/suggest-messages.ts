import type { Catalog, Rule } from '@muster/segment-core'
import type { Asking } from '../asking/ask-models.ts'
import { endingOf } from '../asking/ask-once.ts'
import type { ModelFailure, ModelName } from '../asking/language-model.ts'
import { askForMessages, type Commission, type WrittenMessage, type WrittenMessages } from './ask-for-messages.ts'
import { type Trait, traitsOf } from './audience-traits.ts'
import { createChance } from './chance.ts'
import { type Channel, type Tone, tones } from './channel.ts'
import type { Allowed } from './check-message.ts'
import { composeMessages } from './compose-messages.ts'
import { type Objective, readObjective } from './read-objective.ts'

/** What messages are wanted. */
export interface SuggestionRequest {
  /** What the message is to do, or a draft of it, in the words of whoever sends it. One of more than 2,000 characters is not read. */
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

/** A message that could be sent. It promises nothing that its objective does not hold. */
export interface Suggestion {
  readonly text: string
  /** Mails have one, unless a model left it out. */
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
  /** The language models that were asked, in order, and how that ended. */
  readonly asked: readonly AskedWriter[]
}

/** A model that was asked for messages. `INVALID_MESSAGES`: none of its messages could be sent, twice. */
export interface AskedWriter {
  readonly model: ModelName
  readonly outcome: 'WRITTEN' | 'INVALID_MESSAGES' | ModelFailure
}

const usualPlaceholders: readonly string[] = ['name', 'email', 'spending']
/** Longer objectives are no objectives. */
const longestObjective = 2_000
const mostSuggestions = 10
/** As long as somebody waits for a page. */
const mostWritingMs = 10_000

/** What messages are wanted, and which language models are asked to write them: none by default. */
export type SuggestionOptions = SuggestionRequest & (Asking | { readonly models?: never })

/**
 * Suggests messages for an objective and an audience. With models the messages are those of the first one that can be
 * had, as far as they keep the promises of `Suggestion`; else they are composed from phrases, and that is said.
 */
export async function suggestMessages(options: SuggestionOptions): Promise<Suggestions> {
  const order = orderOf(options)
  if (options.models === undefined || order.allowed.objective.trim() === '') return composed(order, [])
  const { models, deadline } = options
  const signal = endingOf(deadline(mostWritingMs), options.signal)
  const asked: AskedWriter[] = []
  for (const model of models) {
    const written = await askForMessages(model, commissionOf(order), signal)
    asked.push({ model: model.name, outcome: written.ok ? 'WRITTEN' : written.failure })
    if (written.ok) return delivered(order, written.messages, model.name, asked)
    if (written.failure === 'TIMED_OUT') break
  }
  return composed(order, asked)
}

function commissionOf({ request, traits, allowed, count }: Order): Commission {
  return { objective: allowed.objective, traits, tones: wantedTones(request), allowed, count }
}

function wantedTones({ tone }: SuggestionRequest): readonly [Tone, ...Tone[]] {
  return tone === undefined ? tones : [tone]
}

function delivered(
  { allowed }: Order,
  messages: WrittenMessages,
  model: ModelName,
  asked: readonly AskedWriter[],
): Suggestions {
  const suggestion = (message: WrittenMessage): Suggestion => ({
    ...message,
    channel: allowed.channel,
    why: 'Written by a language model from your objective, and checked.',
  })
  const [first, ...others] = messages
  return { suggestions: [suggestion(first), ...others.map(suggestion)], source: model, asked }
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
  // Cut in the middle, an offer would lose its conditions: what is too long to read is not read at all.
  const objective = request.objective.length > longestObjective ? '' : request.objective
  const usual = request.tone === undefined ? tones.length : 3
  return {
    request,
    objective: readObjective(objective),
    traits: audience === undefined ? [] : traitsOf(audience, catalog),
    allowed: { objective, channel, placeholders },
    count: Math.min(mostSuggestions, Math.max(1, Math.trunc(request.count ?? usual))),
  }
}

function composed({ request, objective, traits, allowed, count }: Order, asked: readonly AskedWriter[]): Suggestions {
  const chance = createChance(request.seed)
  const wanted = wantedTones(request)
  const perTone = Math.ceil(count / wanted.length)
  const suggestions = wanted
    .flatMap((tone) =>
      composeMessages({ objective, traits, tone, allowed }, perTone, chance).map(
        ({ text, subject, saysTopic, trait }): Suggestion => ({
          text,
          subject,
          tone,
          channel: allowed.channel,
          why: whyOf(objective, saysTopic && allowed.objective === request.objective, trait),
        }),
      ),
    )
    .slice(0, count)
  const [first, ...others] = suggestions
  if (first === undefined) throw new Error('The phrases of a tone do not keep the promises of suggestions')
  return { suggestions: [first, ...others], source: 'composed', asked }
}

function whyOf({ isDraft }: Objective, saysAll: boolean, trait: Trait['is'] | null): string {
  const parts = [
    isDraft && saysAll ? 'Your own words, with a beginning and an end.' : 'Composed from your objective.',
    ...(saysAll ? [] : ['Its details are left out: they are too long, or no plain text with known placeholders.']),
    ...(trait === null ? [] : ['It speaks of what your rule says about everybody in the audience.']),
  ]
  return parts.join(' ')
}
