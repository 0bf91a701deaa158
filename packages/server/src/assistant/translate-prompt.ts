import { type ModelName, type Translation, translate } from '@muster/nl-rules'
import type { Population } from '../segments/audience.ts'
import type { World } from '../world/world.ts'
import type { DailyAllowance } from './daily-allowance.ts'
import { deadlineOf } from './deadline.ts'
import { type FlatAnswer, type FlatRules, flatRules } from './flat-rules.ts'
import type { FindKnownValues } from './known-values.ts'
import { outcomeWords, providerName } from './model-words.ts'

/** What the actions of this room work with. */
export interface AssistantParts {
  readonly world: World
  /** What can be said about a workspace's customers; looked up each time, so that a new attribute is understood at once. */
  readonly populationOf: (workspaceId: string) => Promise<Population>
  readonly knownValues: FindKnownValues
  readonly allowance: DailyAllowance
}

/** Who asks, and until when they wait. */
export interface Asker {
  readonly workspaceId: string
  readonly userId: string
  readonly signal: AbortSignal
}

/** The answer for the rule builder, and beside it everything that was understood. */
export interface PromptAnswer {
  readonly prompt: string
  /**
   * Only what the builder can show, and all of the meaning; without rows when it cannot. With a provider the rows are
   * the proposal of its language model, for the user to read and change before anything is done with them.
   */
  readonly rules: FlatRules & { readonly provider: ModelName | null }
  readonly explanation: string
  readonly translation: Translation
}

/**
 * Translates a sentence for a workspace. What the reader is not certain of never becomes rows of the builder; what a
 * language model proposes does, named as such, if it leaves out nothing.
 */
export async function translatePrompt(
  parts: AssistantParts,
  { workspaceId, userId, signal }: Asker,
  prompt: string,
): Promise<PromptAnswer> {
  const { world, populationOf, knownValues, allowance } = parts
  const { catalog, timeZone } = await populationOf(workspaceId)
  const nowMs = world.nowMs()
  const known = await knownValues(workspaceId)
  const translation = await translate(prompt, {
    catalog,
    knownValues: known,
    now: nowMs,
    timeZone,
    models: allowance.modelsFor(userId),
    deadline: deadlineOf(world),
    signal,
  })
  const { rule, confident, source, notUnderstood } = translation
  const provider = source === 'heuristics' ? null : source
  const isShown = confident || (provider !== null && notUnderstood.length === 0)
  const flat = rule !== null && isShown ? flatRules(rule, { nowMs, timeZone }) : null
  return {
    prompt,
    rules: { ...(flat?.rules ?? { logic: 'AND', conditions: [] }), provider: flat === null ? null : provider },
    explanation:
      provider === null ? explain(translation, flat?.remarks ?? null) : explainProposal(translation, provider, flat),
    translation,
  }
}

/** What a language model proposes, said back, so that a person can confirm it. */
function explainProposal(
  { sentence, notUnderstood }: Translation,
  provider: ModelName,
  flat: FlatAnswer | null,
): string {
  const open = notUnderstood.map(({ text }) => `"${text}"`)
  return [
    `${providerName(provider)} proposes, for you to check: ${sentence ?? ''}`,
    ...(open.length === 0 ? [] : [`It leaves out ${open.join(', ')}, so no rows were filled in.`]),
    ...(flat?.remarks ?? (open.length > 0 ? [] : [notShown])),
  ].join(' ')
}

const notShown = 'The rule builder cannot show this audience, so no rows were filled in.'

function explain(
  { sentence, confident, notUnderstood, assumptions, asked = [] }: Translation,
  remarks: readonly string[] | null,
): string {
  if (!confident) {
    const open = notUnderstood.map(({ text, why }) => `"${text}" (${why})`)
    const failures = asked.map(({ model, outcome }) => outcomeWords(model, outcome))
    const honest =
      open.length === 0
        ? 'Nothing in this text describes an audience.'
        : `Not understood: ${open.join(', ')}. Please say it in other words.`
    return [honest, ...failures].join(' ')
  }
  const taken =
    assumptions.length === 0 ? [] : [`Taken for granted: ${assumptions.map(({ text }) => text).join('; ')}.`]
  const builder = remarks ?? [notShown]
  return [sentence ?? '', ...taken, ...builder].join(' ').trim()
}
