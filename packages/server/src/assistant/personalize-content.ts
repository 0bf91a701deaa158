import { checkTemplate, customerValues, type TemplateValues } from '@muster/delivery-core'
import { suggestMessages, type Tone } from '@muster/nl-rules'
import { minorOf } from '../money/minor-units.ts'
import { type Fault, invalidInput } from '../problems/problem-error.ts'
import type { Population } from '../segments/audience.ts'
import type { World } from '../world/world.ts'
import type { DailyAllowance } from './daily-allowance.ts'
import { deadlineOf } from './deadline.ts'

/** What texts are personalised with. */
export interface PersonalizingParts {
  readonly world: World
  readonly populationOf: (workspaceId: string) => Promise<Population>
  readonly allowance: DailyAllowance
}

/** A text and the person it is for. */
export interface PersonalizingWish {
  readonly workspaceId: string
  readonly userId: string
  readonly signal: AbortSignal
  readonly template: string
  /** Facts under plain names; `name`, `email` and `spending` (in major units) are what campaigns know as well. */
  readonly customerData: Readonly<Record<string, unknown>>
  readonly tone: Tone
  readonly currency: string
}

/** The text for that person, and other ways to say it. Where there is no other way, there are no variations. */
export interface Personalized {
  readonly original: string
  readonly personalized: string
  readonly variations: readonly string[]
}

const mostVariations = 3
const mostFacts = 50

/**
 * Fills a template in for one person, exactly as a campaign would. The variations are other messages from the same
 * words; a language model that helps with them sees the template and nothing of the person.
 * @throws ProblemError when the template speaks of something that is not known of the person
 */
export async function personalizeContent(parts: PersonalizingParts, wish: PersonalizingWish): Promise<Personalized> {
  const values = valuesOf(wish.customerData, wish.currency)
  const personalized = render(wish.template, values)
  const { catalog } = await parts.populationOf(wish.workspaceId)
  const { suggestions } = await suggestMessages({
    objective: wish.template,
    catalog,
    tone: wish.tone,
    count: mostVariations + 1,
    seed: 0,
    placeholders: Object.keys(values),
    models: parts.allowance.modelsFor(wish.userId),
    deadline: deadlineOf(parts.world),
    signal: wish.signal,
  })
  const texts = suggestions.flatMap(({ text }) => {
    const checked = checkTemplate(text, { sample: values })
    const rendering = checked.ok ? checked.template.render(values) : null
    return rendering?.ok ? [rendering.text] : []
  })
  const variations = [...new Set(texts)].filter((text) => wordsOf(text) !== wordsOf(personalized))
  return { original: wish.template, personalized, variations: variations.slice(0, mostVariations) }
}

function render(text: string, values: TemplateValues): string {
  const checked = checkTemplate(text, { sample: values })
  if (!checked.ok) {
    const [first, ...others] = checked.issues.map(({ message }): Fault => ({ path: '/template', message }))
    throw invalidInput(
      first === undefined ? [{ path: '/template', message: 'The template cannot be read' }] : [first, ...others],
    )
  }
  const rendering = checked.template.render(values)
  if (rendering.ok) return rendering.text
  throw invalidInput([{ path: '/template', message: `The text cannot be made: ${rendering.reason}` }])
}

/** Two texts that differ in their marks alone are the same. */
function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Names that a template can speak of. What a prototype has is no fact. */
const factName = /^(?!constructor$|prototype$)[A-Za-z][A-Za-z0-9_]{0,39}$/

function valuesOf(data: Readonly<Record<string, unknown>>, currency: string): TemplateValues {
  const facts = Object.entries(data)
  const faults = facts.flatMap(([name, value]): Fault[] => {
    const path = `/customerData/${name}`
    if (!factName.test(name)) return [{ path, message: `"${name}" is no plain name of a fact` }]
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return []
    return [{ path, message: `"${name}" must be a text, a number or a truth` }]
  })
  if (facts.length > mostFacts) faults.push({ path: '/customerData', message: `At most ${mostFacts} facts are taken` })
  const [first, ...others] = faults
  if (first !== undefined) throw invalidInput([first, ...others])
  return Object.freeze({ ...(Object.fromEntries(facts) as TemplateValues), ...money(data['spending'], currency) })
}

/** An amount as money, as campaigns print it. */
function money(spending: unknown, currency: string): TemplateValues {
  if (typeof spending !== 'number') return {}
  const spendingMinor = minorOf(spending)
  if (spendingMinor === null) {
    throw invalidInput([{ path: '/customerData/spending', message: 'An amount has at most two decimals' }])
  }
  return { spending: customerValues({ name: '', email: '', spendingMinor }, currency)['spending'] ?? null }
}
