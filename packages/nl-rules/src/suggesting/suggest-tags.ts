import type { Catalog, Rule } from '@muster/segment-core'
import { type Trait, traitsOf } from './audience-traits.ts'
import { type Intent, readObjective } from './read-objective.ts'

/** A word to file a campaign under, and what in the campaign it rests on. */
export interface SuggestedTag {
  readonly tag: string
  readonly why: string
}

/** What a campaign says of itself. */
export interface TaggedCampaign {
  /** Its name, description and message, as far as there are any. */
  readonly texts: readonly string[]
  readonly audience?: Rule
  readonly catalog: Catalog
}

const mostTags = 10

/**
 * Tags for a campaign, read from its own words and its rule, the surest first: what everybody in the audience has in
 * common, then what its texts name, then what they ask for. The same campaign has the same tags; one that says nothing
 * has none.
 */
export function suggestTags({ texts, audience, catalog }: TaggedCampaign): readonly SuggestedTag[] {
  const traits = audience === undefined ? [] : traitsOf(audience, catalog)
  const found = [...traits.map(tagOfTrait), ...texts.flatMap(tagsInWords), ...texts.flatMap(tagOfIntent)]
  const byTag = new Map<string, SuggestedTag>()
  for (const one of found) if (!byTag.has(one.tag)) byTag.set(one.tag, one)
  return [...byTag.values()].slice(0, mostTags)
}

function tagOfTrait(trait: Trait): SuggestedTag {
  const why = 'The rule says so of everybody in the audience.'
  switch (trait.is) {
    case 'away':
      return { tag: 'win-back', why }
    case 'valued':
      return { tag: 'high-value', why }
    case 'new':
      return { tag: 'new-customers', why }
    case 'often':
      return { tag: 'repeat-customers', why }
    case 'once':
      return { tag: 'one-time-customers', why }
    case 'notYet':
      return { tag: 'first-purchase', why }
    case 'celebrating':
      return { tag: trait.day.toLowerCase(), why }
    case 'at':
      return { tag: trait.place.toLowerCase(), why }
  }
}

/** What a text names, by its words. To teach another tag, add a line. */
const words: readonly (readonly [string, RegExp])[] = [
  ['discount', /\b(?:discounts?|sales?|clearance|coupons?|vouchers?|\d{1,2} ?(?:%|percent|per cent))(?: off)?(?!\w)/i],
  ['gift', /\b(?:free|gifts?|complimentary|on the house)\b/i],
  ['loyalty', /\b(?:loyal(?:ty)?|points|rewards?|membership)\b/i],
  [
    'product-launch',
    /\b(?:launch(?:es|ing)?|introducing|new (?:collection|range|menu|product|arrivals?)|now available)\b/i,
  ],
  ['event', /\b(?:event|tasting|workshop|webinar|open day|party|opening)\b/i],
  ['feedback', /\b(?:feedback|reviews?|survey|rate us)\b/i],
  ['win-back', /\b(?:miss(?:ed)? you|come back|win\b.{0,40}\bback)\b/i],
  ['birthday', /\bbirthdays?\b/i],
  ['newsletter', /\bnewsletter\b/i],
  ['christmas', /\b(?:christmas|xmas)\b/i],
  ['new-year', /\bnew year\b/i],
  ['diwali', /\b(?:diwali|deepavali)\b/i],
  ['holi', /\bholi\b/i],
  ['eid', /\beid\b/i],
  ['black-friday', /\bblack friday\b/i],
  ['easter', /\beaster\b/i],
]

function tagsInWords(text: string): SuggestedTag[] {
  return words.flatMap(([tag, pattern]) => {
    const [said] = pattern.exec(text) ?? []
    return said === undefined ? [] : [{ tag, why: `The text says "${said}".` }]
  })
}

const tagOf: Readonly<Record<Intent, string | null>> = {
  announce: 'announcement',
  celebrate: 'celebration',
  feedback: 'feedback',
  inform: null,
  invite: 'invitation',
  remind: 'reminder',
  thank: 'thank-you',
  urge: 'call-to-action',
  welcome: 'welcome',
  winBack: 'win-back',
}

function tagOfIntent(text: string): SuggestedTag[] {
  const tag = text.trim() === '' ? null : tagOf[readObjective(text).intent]
  return tag === null ? [] : [{ tag, why: 'That is what the text asks for.' }]
}
