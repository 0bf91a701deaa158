import { type Catalog, checkRule, describe, type Rule } from '@muster/segment-core'
import type { KnownValues } from '../reading/known-values.ts'
import { askOnce } from './ask-once.ts'
import { byStoredNames } from './by-stored-names.ts'
import { findJson } from './find-json.ts'
import type { LanguageModel, ModelFailure, ModelName } from './language-model.ts'
import { type MaskedText, mask } from './mask.ts'
import { type AskedAt, questionAbout, questionToRepair } from './prompt.ts'
import { unmaskRule, withHidden } from './unmask-rule.ts'

/** What a text is about, and when it is asked. The known values stay here. */
export interface AskedAbout extends AskedAt {
  readonly catalog: Catalog
  readonly knownValues: KnownValues
}

/** What a model proposes: a checked rule that somebody must confirm. */
export interface Proposal {
  readonly rule: Rule
  /** The rule said back. */
  readonly sentence: string
  readonly source: ModelName
  /** Words of the text that the model says the rule leaves out. */
  readonly leftOut: readonly string[]
}

/**
 * How asking a model ended. `NO_RULE`: it says that the text cannot be expressed. `INVALID_RULE`: neither of its two
 * answers was a rule over the catalog.
 */
export type AskedOutcome = 'PROPOSED' | 'NO_RULE' | 'INVALID_RULE' | ModelFailure

/** What came of asking a model. */
export interface AskedModel {
  readonly outcome: AskedOutcome
  readonly proposal: Proposal | null
}

/** The problems that the model is told, of those that were found. */
const mostProblems = 10
/** The stretches of the text that are believed to be left out. */
const mostLeftOut = 20

/**
 * Asks one model for a rule: once, and with the problems once more if its answer is no rule over the catalog. An answer
 * is data, checked as any user's rule is. What `mask` hides does not leave, not even in the problems.
 */
export async function askModel(
  model: LanguageModel,
  text: string,
  about: AskedAbout,
  signal: AbortSignal,
): Promise<AskedModel> {
  const { catalog } = about
  const masked = mask(text)
  let question = questionAbout(masked.text, catalog, about)
  for (let isRepair = false; ; isRepair = true) {
    const answer = await askOnce(model, question, signal)
    if (!answer.ok) return { outcome: answer.failure, proposal: null }
    const read = readAnswer(answer.text, { ...about, text, masked })
    if (read.ok) return concluded(read, model.name, catalog)
    if (isRepair) return { outcome: 'INVALID_RULE', proposal: null }
    question = questionToRepair(question, shownAgain(answer.text), read.problems)
  }
}

function concluded({ rule, leftOut }: ReadAnswer, source: ModelName, catalog: Catalog): AskedModel {
  if (rule === null) return { outcome: 'NO_RULE', proposal: null }
  return { outcome: 'PROPOSED', proposal: { rule, sentence: describe(rule, catalog), source, leftOut } }
}

interface Asked extends AskedAbout {
  readonly text: string
  readonly masked: MaskedText
}

interface ReadAnswer {
  readonly rule: Rule | null
  readonly leftOut: readonly string[]
}

type CheckedAnswer = ({ readonly ok: true } & ReadAnswer) | { readonly ok: false; readonly problems: readonly string[] }

function readAnswer(answer: string, { text, masked, catalog, knownValues }: Asked): CheckedAnswer {
  const found = findJson(answer)
  if (!found.ok) return { ok: false, problems: [found.problem] }
  if (!Object.hasOwn(found.value, 'rule')) {
    return {
      ok: false,
      problems: ['The object has no key "rule"; the form is {"rule": RULE or null, "leftOut": [...]}'],
    }
  }
  const json: unknown = Reflect.get(found.value, 'rule')
  const leftOut = phrasesOf(text, Reflect.get(found.value, 'leftOut'), masked)
  if (json === null) return { ok: true, rule: null, leftOut }
  const unmasked = unmaskRule(json, masked.hidden, catalog)
  const checked = checkRule(byStoredNames(unmasked, knownValues, catalog), catalog)
  if (checked.ok) return { ok: true, rule: checked.rule, leftOut }
  return { ok: false, problems: problemsIn(json, catalog, checked.issues) }
}

/**
 * The problems in words that hold nothing hidden: they are those of the rule as the model wrote it, with placeholders.
 * A problem that only the hidden value has is named by its place and code.
 */
function problemsIn(
  json: unknown,
  catalog: Catalog,
  issues: readonly { readonly path: string; readonly code: string }[],
): string[] {
  const asWritten = checkRule(json, catalog)
  const messages = new Map(
    asWritten.ok ? [] : asWritten.issues.map(({ path, code, message }) => [path + code, message]),
  )
  return issues
    .slice(0, mostProblems)
    .map(
      ({ path, code }) => `at "/rule${path}": ${messages.get(path + code) ?? 'the value is not valid here'} (${code})`,
    )
}

/** Words that a model says it left out count only where they stand in the text. */
function phrasesOf(text: string, leftOut: unknown, { hidden }: MaskedText): string[] {
  if (!Array.isArray(leftOut)) return []
  const phrases = leftOut.slice(0, mostLeftOut).flatMap((phrase: unknown) => {
    if (typeof phrase !== 'string') return []
    const shown = withHidden(phrase, hidden).trim()
    return shown !== '' && text.includes(shown) ? [shown] : []
  })
  return [...new Set(phrases)]
}

/** As much of a bad answer as is worth showing to whoever gave it. */
const mostShownAgain = 8_000

function shownAgain(answer: string): string {
  return answer.trim() === '' ? '(no text)' : answer.slice(0, mostShownAgain)
}
