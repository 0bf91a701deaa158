import { type Translation, translate } from '@muster/nl-rules'
import type { Catalog } from '@muster/segment-core'
import type { Knex } from 'knex'
import { requireWorkspace } from '../accounts/workspaces-store.ts'
import type { World } from '../world/world.ts'
import { type FlatRules, flatRules } from './flat-rules.ts'
import type { FindKnownValues } from './known-values.ts'

/** What the actions of this room work with. */
export interface AssistantParts {
  readonly knex: Knex
  readonly world: World
  readonly catalog: Catalog
  readonly knownValues: FindKnownValues
}

/** The answer for the rule builder, and beside it everything that was understood. */
export interface PromptAnswer {
  readonly prompt: string
  /** Only what the builder can show, and all of the meaning; without rows when it cannot. */
  readonly rules: FlatRules & { readonly provider: string | null }
  readonly explanation: string
  readonly translation: Translation
}

/** Translates a sentence for a workspace. What is not certain never becomes rows of the builder. */
export async function translatePrompt(
  parts: AssistantParts,
  workspaceId: string,
  prompt: string,
): Promise<PromptAnswer> {
  const { knex, world, catalog, knownValues } = parts
  const { timeZone, currency } = await requireWorkspace(knex, workspaceId)
  const nowMs = world.nowMs()
  const known = await knownValues(workspaceId)
  const translation = await translate(prompt, {
    catalog: withCurrency(catalog, currency),
    knownValues: known,
    now: nowMs,
    timeZone,
  })
  const flat =
    translation.rule !== null && translation.confident ? flatRules(translation.rule, { nowMs, timeZone }) : null
  return {
    prompt,
    rules: { ...(flat?.rules ?? { logic: 'AND', conditions: [] }), provider: null },
    explanation: explain(translation, flat?.remarks ?? null),
    translation,
  }
}

function explain(
  { sentence, confident, notUnderstood, assumptions }: Translation,
  remarks: readonly string[] | null,
): string {
  if (!confident) {
    const open = notUnderstood.map(({ text, why }) => `"${text}" (${why})`)
    return open.length === 0
      ? 'Nothing in this text describes an audience.'
      : `Not understood: ${open.join(', ')}. Please say it in other words.`
  }
  const taken =
    assumptions.length === 0 ? [] : [`Taken for granted: ${assumptions.map(({ text }) => text).join('; ')}.`]
  const builder = remarks ?? ['The rule builder cannot show this audience, so no rows were filled in.']
  return [sentence ?? '', ...taken, ...builder].join(' ').trim()
}

/** Readers remember what they prepared for a catalog, so each currency has one catalog. */
const catalogs = new Map<string, Catalog>()
/** There are fewer currencies than this. */
const mostCatalogs = 400

function withCurrency(catalog: Catalog, currency: string): Catalog {
  if (catalog.currency === currency) return catalog
  const known = catalogs.get(currency)
  if (known?.entities === catalog.entities) return known
  const made = { ...catalog, currency }
  if (catalogs.size < mostCatalogs) catalogs.set(currency, made)
  return made
}
