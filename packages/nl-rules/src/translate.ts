import {
  type Catalog,
  type CheckedRule,
  checkRule,
  describe,
  type Rule,
  type RuleWarningCode,
} from '@muster/segment-core'
import type { Proposal } from './asking/ask-model.ts'
import { type Asked, type Asking, askModels } from './asking/ask-models.ts'
import { compose } from './composing/compose.ts'
import type { Assumption, Outcome, Problem } from './composing/outcome.ts'
import type { KnownValues } from './reading/known-values.ts'
import { readLexemes, type Sentence } from './reading/lexemes.ts'
import { readPieces } from './reading/read-pieces.ts'
import { type Stretch, stretchesOf } from './reading/stretches.ts'
import { createValueIndex, createVocabulary, type ValueIndex, type Vocabulary } from './reading/vocabulary.ts'
import { readBack } from './reading-back/read-back.ts'

/** What a text is read with. */
export interface ReadOptions {
  readonly catalog: Catalog
  /** The values that are known to occur, with their other names. */
  readonly knownValues?: KnownValues
  /** Epoch milliseconds. */
  readonly now: number
  /** IANA name; the catalog's by default. */
  readonly timeZone?: string
}

/** What a text is read with, and which language models are asked where it was not understood: none by default. */
export type TranslateOptions = ReadOptions & (Asking | { readonly models?: never })

/** What a text was understood to mean. */
export interface Translation {
  /** Checked against the catalog; null where nothing was understood. */
  readonly rule: Rule | null
  /** Every word was understood, and nothing is open. Without it the rule is a proposal that somebody must confirm. */
  readonly confident: boolean
  /** The words of the text in order, each stretch with what it was taken for. */
  readonly stretches: readonly Stretch[]
  /** What was not understood or can mean several things, in order of the text. */
  readonly notUnderstood: readonly NotUnderstood[]
  /** What was taken for granted, in order of the text. */
  readonly assumptions: readonly Assumption[]
  readonly source: 'heuristics' | 'anthropic' | 'gemini'
  /** The rule said back; null without a rule. */
  readonly sentence: string | null
  /** The language models that were asked, in order; absent where none was. */
  readonly asked?: readonly Asked[]
}

/** A stretch of the text that keeps the result from being certain. */
export interface NotUnderstood {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly why: string
}

/** Longer texts are no description of an audience; they are not read, and reported as a whole. */
const longestText = 20_000

/** Reads a text. Total and linear: any text has an answer, and what was not understood is always in it. */
export function readText(text: string, options: ReadOptions): Translation {
  const { catalog, now } = options
  const clock = { now, timeZone: options.timeZone ?? catalog.timeZone }
  if (text.length > longestText) return tooLong(text)
  const said = readBack(text, catalog)
  if (said !== null) return saidBack(text, said, catalog)
  const sentence = readLexemes(text, vocabularyOf(catalog), valuesOf(catalog, options.knownValues ?? {}), clock)
  const reading = readPieces(sentence)
  const outcome = compose(reading.pieces, sentence.vocabulary)
  return finished(sentence, outcome, stretchesOf(sentence, reading))
}

/**
 * Translates a text to a rule. Where the reader is not certain, language models are asked, if there are any; what they
 * answer is a proposal, never certain. Where they give none, the reader's own result stands.
 */
export async function translate(text: string, options: TranslateOptions): Promise<Translation> {
  const reading = readText(text, options)
  if (reading.confident || options.models === undefined) return reading
  const { catalog, knownValues = {}, now, timeZone = catalog.timeZone } = options
  const { proposal, asked } = await askModels(text, { catalog, knownValues, now, timeZone }, options)
  if (proposal === null) return asked.length === 0 ? reading : { ...reading, asked }
  return { ...proposed(text, proposal, reading), asked }
}

/** A proposal in place of a reading: what the reader did not understand is now taken as the model took it. */
function proposed(text: string, { rule, sentence, source, leftOut }: Proposal, reading: Translation): Translation {
  const missing = leftOut.map((phrase) => {
    const start = text.indexOf(phrase)
    return { text: phrase, start, end: start + phrase.length, why: 'the proposed rule leaves it out' }
  })
  const taken = reading.notUnderstood
    .filter(({ start, end }) => !missing.some((gap) => gap.start < end && start < gap.end))
    .map(({ start, end, text: phrase }) => ({ start, end, text: `"${phrase}" is taken as a language model took it` }))
  return {
    ...reading,
    rule,
    confident: false,
    notUnderstood: inOrder(missing),
    assumptions: taken,
    source,
    sentence,
  }
}

function finished(sentence: Sentence, outcome: Outcome, stretches: readonly Stretch[]): Translation {
  const { catalog } = sentence.vocabulary
  const checked = outcome.rule === null ? null : checkRule(outcome.rule, catalog, sentence.clock)
  const whole = { start: 0, end: sentence.text.length }
  const faults = checked === null ? [] : faultsOf(checked).map((why) => ({ ...whole, why }))
  const notUnderstood = [...outcome.problems, ...faults].map((problem) => located(sentence.text, problem))
  const rule = checked?.ok === true ? checked.rule : null
  return {
    rule,
    confident: rule !== null && notUnderstood.length === 0,
    stretches,
    notUnderstood: inOrder(notUnderstood),
    assumptions: inOrder([...outcome.assumptions, ...corrections(sentence)]),
    source: 'heuristics',
    sentence: rule === null ? null : describe(rule, catalog),
  }
}

/** Warnings about a rule that nobody can have meant: it holds of nobody, of everybody, or of what lies ahead. */
const unmeant: readonly RuleWarningCode[] = ['NEVER_HOLDS', 'ALWAYS_HOLDS', 'FUTURE_OF_PAST']

/** Why a rule cannot be what is meant, though every word was read. */
function faultsOf(checked: CheckedRule): string[] {
  if (!checked.ok) return [checked.issues[0].message]
  return checked.warnings.flatMap(({ code, message }) => (unmeant.includes(code) ? [message] : []))
}

/** A sentence that `describe` wrote stands for its rule. */
function saidBack(text: string, rule: Rule, catalog: Catalog): Translation {
  return {
    rule,
    confident: true,
    stretches: [{ text, start: 0, end: text.length, takenFor: 'a rule in words' }],
    notUnderstood: [],
    assumptions: [],
    source: 'heuristics',
    sentence: describe(rule, catalog),
  }
}

function located(text: string, { start, end, why }: Problem): NotUnderstood {
  return { text: text.slice(start, end), start, end, why }
}

function inOrder<Item extends { readonly start: number; readonly end: number }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => one.start - other.start || one.end - other.end)
}

/** The typing mistakes that were forgiven. */
function corrections({ lexemes }: Sentence): Assumption[] {
  return lexemes.flatMap(({ text, start, end, corrected }) =>
    corrected === null ? [] : [{ start, end, text: `"${text}" is taken for "${corrected}"` }],
  )
}

function tooLong(text: string): Translation {
  const why = `a text has at most ${longestText} characters`
  return {
    rule: null,
    confident: false,
    stretches: [],
    notUnderstood: [{ text: text.slice(0, 100), start: 0, end: text.length, why }],
    assumptions: [],
    source: 'heuristics',
    sentence: null,
  }
}

/** Preparing a catalog's words takes longer than reading a sentence, so it is done once for each. */
const vocabularies = new WeakMap<Catalog, Vocabulary>()
const indexes = new WeakMap<Catalog, WeakMap<KnownValues, ValueIndex>>()

function vocabularyOf(catalog: Catalog): Vocabulary {
  const known = vocabularies.get(catalog)
  if (known !== undefined) return known
  const vocabulary = createVocabulary(catalog)
  vocabularies.set(catalog, vocabulary)
  return vocabulary
}

function valuesOf(catalog: Catalog, knownValues: KnownValues): ValueIndex {
  const ofCatalog = indexes.get(catalog) ?? new WeakMap<KnownValues, ValueIndex>()
  indexes.set(catalog, ofCatalog)
  const known = ofCatalog.get(knownValues)
  if (known !== undefined) return known
  const index = createValueIndex(catalog, knownValues)
  ofCatalog.set(knownValues, index)
  return index
}
