import type { JsonSchema } from '@muster/segment-core'

/** A provider of language models, named as the source of what came from it. */
export type ModelName = 'anthropic' | 'gemini'

/** Whoever answers a question in words: a hosted language model, or a stand-in. */
export interface LanguageModel {
  readonly name: ModelName
  /**
   * Asks once. Resolves with the answer or with why there is none, soon after `signal` aborts at the latest.
   * Never rejects, never tries again by itself, sends nothing but the question, and tells nobody the key.
   * The answer's text may be anything at all: whoever asks checks it.
   */
  ask(question: Question, signal: AbortSignal): Promise<Answer>
}

/** What is sent. Nothing is added to it but the model's name and the key. */
export interface Question {
  /** Who the model is to be, and what it must know. */
  readonly system: string
  /** What was said so far; begins and ends with `asker`. */
  readonly turns: readonly Turn[]
  /** The object that the answer's text should be, as JSON. A provider may follow it less than strictly. */
  readonly schema: JsonSchema
}

/** One thing that was said. */
export interface Turn {
  readonly by: 'asker' | 'model'
  readonly text: string
}

/** The text of an answer, or why there is none. */
export type Answer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly failure: ModelFailure }

/**
 * Why there is no answer.
 * - `TIMED_OUT`: the signal aborted first
 * - `LIMITED`: the provider takes no more questions now
 * - `REFUSED`: the provider will not answer this question, or not with these settings
 * - `CUT_OFF`: the answer is longer than was asked for
 * - `UNAVAILABLE`: anything else, such as a broken connection
 */
export type ModelFailure = 'TIMED_OUT' | 'LIMITED' | 'REFUSED' | 'CUT_OFF' | 'UNAVAILABLE'

/** Where a provider is reached, and as whom. */
export interface ModelAccess {
  readonly apiKey: string
  /** The provider's name of the model. */
  readonly model: string
  /** The provider's own address unless another one is given. */
  readonly baseUrl?: string
}

/** Gives a signal that aborts after so many milliseconds, such as `AbortSignal.timeout`. */
export type Deadline = (afterMs: number) => AbortSignal

/** The most an answer may be made of, with the thoughts before it: far more than a rule worth a sentence needs. */
export const mostAnswerTokens = 8_192

/** What an HTTP status of a provider means for whoever asks. */
export function failureOf(status: number | undefined): ModelFailure {
  if (status === 429 || status === 529) return 'LIMITED'
  return status !== undefined && status >= 400 && status < 500 ? 'REFUSED' : 'UNAVAILABLE'
}
