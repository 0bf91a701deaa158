import { type Suggestion, type Suggestions, suggestMessages, type Tone } from '@muster/nl-rules'
import type { Rule } from '@muster/segment-core'
import type { Population } from '../segments/audience.ts'
import { readRules } from '../segments/read-rules.ts'
import type { World } from '../world/world.ts'
import type { DailyAllowance } from './daily-allowance.ts'
import { deadlineOf } from './deadline.ts'
import { noteOn } from './model-words.ts'

/** What messages are written with. */
export interface WritingParts {
  readonly world: World
  readonly populationOf: (workspaceId: string) => Promise<Population>
  readonly allowance: DailyAllowance
}

/** What is wanted, by whom. */
export interface MessageWish {
  readonly workspaceId: string
  readonly userId: string
  /** Aborts when they no longer wait. */
  readonly signal: AbortSignal
  /** What the message is to do, or a draft of it. */
  readonly objective: string
  readonly tone?: Tone | undefined
  /** Whom it goes to: rules in any of their forms. */
  readonly audience?: object | undefined
  /** Another number gives another choice; the same one the same. */
  readonly variant?: number | undefined
}

/** One message for the editor. */
export interface GeneratedMessage {
  readonly message: string
  /** Nothing was said from which a message could be made. */
  readonly needsContext: boolean
  /** `composed` without a language model, or the provider. */
  readonly source: Suggestions['source']
  /** What a person should know about how it came about. */
  readonly note: string | null
}

/** Messages to choose from. Nobody knows how well one will do, so the estimate that clients look for is null. */
export interface SuggestedMessages {
  readonly objective: string
  readonly suggestions: readonly {
    readonly id: string
    readonly message: string
    readonly subject: string | null
    readonly tone: Tone
    readonly estimatedEngagement: null
    readonly recommendation: string
  }[]
  readonly source: Suggestions['source']
  readonly note: string | null
}

/** About so many characters are one token. */
const charactersPerToken = 4

/**
 * Writes one message from what the user typed. Without a language model, or where it fails, it is composed from the
 * same words, and the note says so.
 */
export async function generateMessage(
  parts: WritingParts,
  wish: MessageWish & { readonly maxTokens: number },
): Promise<GeneratedMessage> {
  if (wish.objective === '') return { message: '', needsContext: true, source: 'composed', note: null }
  const { suggestions, source, note } = await write(parts, { ...wish, tone: wish.tone ?? 'friendly' })
  const longest = wish.maxTokens * charactersPerToken
  const fitting = suggestions.find(({ text }) => text.length <= longest)
  if (fitting !== undefined) return { message: fitting.text, needsContext: false, source, note }
  const shortest = suggestions.reduce((one, other) => (other.text.length < one.text.length ? other : one))
  return { message: shortest.text, needsContext: false, source, note: 'The message is longer than was asked for.' }
}

/** @throws InvalidRuleError when the audience is not a rule */
export async function suggestForObjective(parts: WritingParts, wish: MessageWish): Promise<SuggestedMessages> {
  const { suggestions, source, note } = await write(parts, wish)
  return {
    objective: wish.objective,
    suggestions: suggestions.map(({ text, subject, tone, why }, index) => ({
      id: `suggestion-${index + 1}`,
      message: text,
      subject,
      tone,
      estimatedEngagement: null,
      recommendation: why,
    })),
    source,
    note,
  }
}

interface Written {
  readonly suggestions: readonly [Suggestion, ...Suggestion[]]
  readonly source: Suggestions['source']
  readonly note: string | null
}

async function write({ world, populationOf, allowance }: WritingParts, wish: MessageWish): Promise<Written> {
  const population = await populationOf(wish.workspaceId)
  const audience = wish.audience === undefined ? undefined : ruleIn(wish.audience, population, world.nowMs())
  const { suggestions, source, asked } = await suggestMessages({
    objective: wish.objective,
    catalog: population.catalog,
    seed: wish.variant ?? 0,
    models: allowance.modelsFor(wish.userId),
    deadline: deadlineOf(world),
    signal: wish.signal,
    ...(wish.tone === undefined ? {} : { tone: wish.tone }),
    ...(audience === undefined ? {} : { audience }),
  })
  return { suggestions, source, note: noteOn({ source, asked }, 'This was composed from your words instead.') }
}

/** The rules themselves, or an object that holds them as `rules`. */
function ruleIn(audience: object, { catalog, segments }: Population, nowMs: number): Rule {
  const rules: unknown = 'rules' in audience ? audience.rules : audience
  return readRules(rules, catalog, nowMs, segments).rule
}
