/** One figure that a text may speak of. */
export interface Figure {
  /** As the text refers to it: `{deliveryRate}`. Letters only. */
  readonly name: string
  /** What it counts, in a few words. */
  readonly means: string
  /** As people read it: `1,204` or `96.2 %`. */
  readonly shown: string
}

/** Longer than a person reads above a table of figures. */
export const longestTold = 800

/**
 * Everything that is wrong with a text that is to tell figures, in sentences; nothing when it can be shown.
 * Amounts stand in it as placeholders alone: a digit or a word of quantity would be a figure that nobody measured.
 */
export function checkTold(text: string, figures: readonly Figure[], remarks: readonly string[]): string[] {
  const problems: string[] = []
  const names = new Set(figures.map(({ name }) => name))
  const used = [...text.matchAll(placeholder)].map(([, name = '']) => name)
  const unknown = used.find((name) => !names.has(name))
  const spoken = text.replaceAll(placeholder, ' ')
  if (text.trim() === '') problems.push('The text is empty')
  if (text.length > longestTold) problems.push(`The text has more than ${longestTold} characters`)
  if (unknown !== undefined) problems.push(`{${unknown}} is no figure; there are ${figures.map(written).join(', ')}`)
  if (used.length === 0) problems.push('The text refers to no figure')
  if (/[{}]/u.test(spoken)) problems.push('A placeholder is a figure’s name in single braces and nothing else')
  if (/\p{N}|%/u.test(spoken)) problems.push('The text holds a number; every number must be a placeholder')
  if (/[^\P{C}\n]|<\/?[a-z!]|\*\*|^#{1,6} |https?:|www\.|\S@\S/imu.test(spoken)) {
    problems.push('The text must be plain, without markup, links and addresses')
  }
  const said = remarks.join(' ').toLowerCase()
  const claim = [...spoken.matchAll(quantities)]
    .map(([word]) => word.toLowerCase())
    .find((word) => !said.includes(word))
  if (claim !== undefined) problems.push(`"${claim}" claims an amount that was not given`)
  return problems
}

const placeholder = /(?<!\{)\{([A-Za-z]+)\}(?!\})/gu

/** Words that say how many, how often or how much, or that compare with something that nobody measured. */
const quantities = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[
    'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?',
    'half|third|quarter|double[ds]?|twice|triple[ds]?|percent|per cent|percentage',
    'most|majority|minority|all|every|everyone|everybody|none|nobody|nearly|almost|few|fewer|many|more|less|least',
    'average|industry|benchmark|typical|usual|usually|expected|previous|last|record|best|worst|higher|lower|above|below',
    'increase[ds]?|decrease[ds]?|rose|fell|grew|improved?|declined?|dropped',
  ].join('|')})(?![\\p{L}\\p{M}])`,
  'giu',
)

function written({ name }: Figure): string {
  return `{${name}}`
}

/** The text with its figures in their places. Only for a text without problems. */
export function filledIn(text: string, figures: readonly Figure[]): string {
  const shown = new Map(figures.map((figure) => [figure.name, figure.shown]))
  return text.replaceAll(placeholder, (whole, name: string) => shown.get(name) ?? whole).trim()
}
