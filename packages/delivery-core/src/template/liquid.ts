import { Liquid, type Template as LiquidTemplate } from 'liquidjs'

/** A message is read on a phone: what is longer than this is a mistake. The editor of the web client allows 1,000. */
export const maxTemplateChars = 20_000
export const maxTextChars = 10_000

const renderLimitMs = 100
const memoryLimit = 1_000_000

/** Tags that decide and name. Nothing that reads files, loops (a loop has nothing to go over) or keeps text from being read. */
const allowedTags: readonly string[] = ['if', 'unless', 'case', 'assign', 'capture', 'comment', '#']

/** Filters of words and numbers. `date` is missing because it knows "now": two attempts must read alike. */
const allowedFilters: readonly string[] = [
  'append',
  'capitalize',
  'default',
  'downcase',
  'escape',
  'first',
  'last',
  'lstrip',
  'newline_to_br',
  'prepend',
  'remove',
  'remove_first',
  'replace',
  'replace_first',
  'rstrip',
  'size',
  'slice',
  'split',
  'strip',
  'strip_newlines',
  'truncate',
  'truncatewords',
  'upcase',
  'url_encode',
  'abs',
  'at_least',
  'at_most',
  'ceil',
  'divided_by',
  'floor',
  'minus',
  'modulo',
  'plus',
  'round',
  'times',
]

/** What a template may speak of: plain values under plain names. */
export type TemplateValues = Readonly<Record<string, string | number | boolean | null>>

/** A template read by LiquidJS. The only file that knows that library. */
export interface ParsedTemplate {
  /** Names that the template expects to be given. */
  readonly names: readonly string[]
  /**
   * Puts the values in, once: what stands in a value is never read as template.
   * @throws when a limit is reached or a filter cannot do its work
   */
  render(values: TemplateValues): string
}

/**
 * Reads a template. `html` escapes every value; `text` leaves them as they are.
 * @throws when it is no well-formed template, or uses a tag or filter that is not allowed
 */
export function parseLiquid(source: string, medium: 'text' | 'html'): ParsedTemplate {
  const liquid = medium === 'html' ? forHtml : forText
  const parsed: LiquidTemplate[] = liquid.parse(source)
  return {
    names: liquid.globalVariablesSync(parsed),
    render: (values) => String(liquid.renderSync(parsed, Object.freeze({ ...values }))),
  }
}

const forText = createLiquid({})
const forHtml = createLiquid({ outputEscape: 'escape' })

function createLiquid(extra: { outputEscape?: 'escape' }): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    parseLimit: maxTemplateChars * 2,
    renderLimit: renderLimitMs,
    memoryLimit,
    // No file is ever read: partial templates come from this empty table, and the tags that ask for them are gone.
    templates: {},
    ...extra,
  })
  for (const tag of Object.keys(liquid.tags)) if (!allowedTags.includes(tag)) delete liquid.tags[tag]
  for (const filter of Object.keys(liquid.filters))
    if (!allowedFilters.includes(filter)) liquid.unregisterFilter(filter)
  return liquid
}
