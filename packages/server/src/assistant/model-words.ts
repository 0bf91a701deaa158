import type { AskedOutcome, AskedTeller, AskedWriter, ModelName } from '@muster/nl-rules'

const names: Readonly<Record<ModelName, string>> = { anthropic: 'Anthropic', gemini: 'Gemini' }

/** The provider as people know it. */
export function providerName(model: ModelName): string {
  return names[model]
}

/** What a person should know where models were asked in vain; null where none was asked, or one was heard. */
export function noteOn(
  { source, asked }: { readonly source: string; readonly asked: readonly (AskedWriter | AskedTeller)[] },
  instead: string,
): string | null {
  if (source !== 'composed' || asked.length === 0) return null
  return [...asked.map(({ model, outcome }) => outcomeWords(model, outcome)), instead].join(' ')
}

/** How asking a model ended, in a sentence for people. */
export function outcomeWords(model: ModelName, outcome: AskedOutcome | (AskedWriter | AskedTeller)['outcome']): string {
  const name = names[model]
  switch (outcome) {
    case 'TIMED_OUT':
      return `${name} did not answer in time.`
    case 'LIMITED':
      return `${name} answers no more questions for now: today's allowance or the provider's limit is used up.`
    case 'REFUSED':
      return `${name} refused the question.`
    case 'NO_RULE':
      return `${name} could not express it either.`
    case 'INVALID_RULE':
    case 'INVALID_MESSAGES':
    case 'INVALID_TEXT':
    case 'CUT_OFF':
      return `${name} gave no usable answer.`
    case 'UNAVAILABLE':
      return `${name} could not be reached.`
    case 'PROPOSED':
    case 'WRITTEN':
      return `${name} answered.`
  }
}
