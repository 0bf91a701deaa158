import { readFileSync } from 'node:fs'
import { type KnownValues, readText, type Translation } from '@muster/nl-rules'
import type { Catalog, Rule } from '@muster/segment-core'
import { sameAudience } from './same-audience.ts'

/** A prompt with the rule that it should become, or the phrases that must be reported. */
export interface LabelledPrompt {
  readonly id: string
  readonly prompt: string
  readonly rule: Rule | null
  readonly alternatives?: readonly Rule[]
  readonly unsupported?: readonly string[]
  readonly now: string
  readonly timeZone: string
  readonly tags: readonly string[]
}

/** What came of one prompt. `nearly` is honest, but its proposed rule is the right one. */
export interface Scored {
  readonly line: LabelledPrompt
  readonly result: 'right' | 'honest' | 'wrong'
  readonly isNearly: boolean
  readonly translation: Translation
}

/** The labelled prompts of a JSON-lines file. */
export function readPrompts(file: string | URL): LabelledPrompt[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): LabelledPrompt => JSON.parse(line))
}

/** Scores one prompt: right counts 1, honest 0, confident and wrong −5. */
export function scorePrompt(line: LabelledPrompt, catalog: Catalog, knownValues: KnownValues): Scored {
  const clock = { now: Date.parse(line.now), timeZone: line.timeZone }
  const translation = readText(line.prompt, { catalog, knownValues, ...clock })
  const labels = line.rule === null ? [] : [line.rule, ...(line.alternatives ?? [])]
  const { rule } = translation
  const isEqual = rule !== null && labels.some((label) => sameAudience(rule, label, catalog, clock))
  const scored = (result: Scored['result']): Scored => ({
    line,
    result,
    isNearly: isEqual && !translation.confident,
    translation,
  })
  if (translation.confident) return scored(isEqual ? 'right' : 'wrong')
  return scored(line.rule === null && reportsAll(line, translation) ? 'right' : 'honest')
}

function reportsAll({ prompt, unsupported = [] }: LabelledPrompt, { notUnderstood }: Translation): boolean {
  return unsupported.every((phrase) => {
    const start = prompt.indexOf(phrase)
    return notUnderstood.some((reported) => reported.start < start + phrase.length && reported.end > start)
  })
}

/** The shape of a prompt: the one among its tags. */
export const shapes = ['single', 'two', 'three-plus', 'unsupported', 'not-a-segment'] as const

/** A table of right, honest and wrong results for each shape, and the total of points. */
export function scoreTable(scored: readonly Scored[]): string {
  const row = (name: string, part: readonly Scored[]) => {
    const count = (result: Scored['result']) => part.filter((one) => one.result === result).length
    const points = count('right') - 5 * count('wrong')
    const cells = [part.length, count('right'), count('honest'), count('wrong'), points]
    return `${name.padEnd(14)}${cells.map((cell) => String(cell).padStart(8)).join('')}   ${((100 * count('right')) / Math.max(part.length, 1)).toFixed(1)} %`
  }
  const head = `${'shape'.padEnd(14)}${['prompts', 'right', 'honest', 'wrong', 'points'].map((cell) => cell.padStart(8)).join('')}`
  return [
    head,
    ...shapes.map((shape) =>
      row(
        shape,
        scored.filter(({ line }) => line.tags.includes(shape)),
      ),
    ),
    row('all', scored),
  ].join('\n')
}
