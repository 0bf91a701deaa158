import { type AskedAbout, type AskedOutcome, askModel, type Proposal } from './ask-model.ts'
import { endingOf } from './ask-once.ts'
import type { Deadline, LanguageModel, ModelName } from './language-model.ts'

/** Whom to ask, and for how long. */
export interface Asking {
  /** Asked in this order, until one of them answers. */
  readonly models: readonly LanguageModel[]
  /** The timer that ends the asking, such as `AbortSignal.timeout`. */
  readonly deadline: Deadline
  /** Ends the asking as well. */
  readonly signal?: AbortSignal
}

/** A model that was asked, and how that ended. */
export interface Asked {
  readonly model: ModelName
  readonly outcome: AskedOutcome
}

/** What came of asking. */
export interface Answers {
  readonly proposal: Proposal | null
  /** Each model that was asked, in order. */
  readonly asked: readonly Asked[]
}

/** The longest that all asking about one text may take together: somebody is waiting for the page. */
const mostAskingMs = 10_000

/** Longer texts are not sent: no audience needs so many words, and each is paid for. */
const longestAskedText = 2_000

/**
 * Asks the models in order for a rule, all within ten seconds. The next one is asked only where one could not be had or
 * answered badly; one that says the text cannot be expressed is believed.
 */
export async function askModels(text: string, about: AskedAbout, asking: Asking): Promise<Answers> {
  const isAskable = text.trim() !== '' && text.length <= longestAskedText
  if (!isAskable || asking.models.length === 0) return { proposal: null, asked: [] }
  const signal = endingOf(asking.deadline(mostAskingMs), asking.signal)
  const asked: Asked[] = []
  for (const model of asking.models) {
    const { outcome, proposal } = await askModel(model, text, about, signal)
    asked.push({ model: model.name, outcome })
    if (proposal !== null || outcome === 'NO_RULE' || outcome === 'TIMED_OUT') return { proposal, asked }
  }
  return { proposal: null, asked }
}
