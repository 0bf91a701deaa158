/** Plain English to audience rules, never silently wrong. */

// What it is given and gives
export type { Assumption } from './composing/outcome.ts'
export type { KnownValue, KnownValues } from './reading/known-values.ts'
export type { Stretch } from './reading/stretches.ts'
// Translate
export { type NotUnderstood, readText, type TranslateOptions, type Translation, translate } from './translate.ts'
