/** Plain English to audience rules, never silently wrong. */

// Ask language models
export type { AskedOutcome } from './asking/ask-model.ts'
export type { Asked, Asking } from './asking/ask-models.ts'
export type {
  Answer,
  Deadline,
  LanguageModel,
  ModelAccess,
  ModelFailure,
  ModelName,
  Question,
  Turn,
} from './asking/language-model.ts'
// What it is given and gives
export type { Assumption } from './composing/outcome.ts'
export type { KnownValue, KnownValues } from './reading/known-values.ts'
export type { Stretch } from './reading/stretches.ts'
// Suggest messages
export { type Channel, channels, type Tone, tones } from './suggesting/channel.ts'
export { type Allowed, checkMessage, type Message } from './suggesting/check-message.ts'
export {
  type AskedWriter,
  type Suggestion,
  type SuggestionOptions,
  type SuggestionRequest,
  type Suggestions,
  suggestMessages,
} from './suggesting/suggest-messages.ts'
export { type SuggestedTag, suggestTags, type TaggedCampaign } from './suggesting/suggest-tags.ts'
// Tell figures
export type { Figure } from './telling/check-told.ts'
export { type AskedTeller, type TellingRequest, type Told, tellFigures } from './telling/tell-figures.ts'
// Translate
export {
  type NotUnderstood,
  type ReadOptions,
  readText,
  type TranslateOptions,
  type Translation,
  translate,
} from './translate.ts'
