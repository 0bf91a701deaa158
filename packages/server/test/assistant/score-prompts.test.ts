import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { KnownValues } from '@muster/nl-rules'
import { describe, expect, it } from 'vitest'
import { crmCatalog } from '../../src/catalog/crm-catalog.ts'
import { readPrompts, type Scored, scorePrompt, scoreTable } from './scoring/score.ts'

function scored(prompts: string, knownValues: string): Scored[] {
  const known: KnownValues = JSON.parse(readFileSync(knownValues, 'utf8'))
  return readPrompts(prompts).map((line) => scorePrompt(line, crmCatalog, known))
}

function sayAll(all: readonly Scored[]): string {
  const unlike = all
    .filter(({ result }) => result !== 'right')
    .map(({ line, result, isNearly, translation }) => {
      const open = translation.notUnderstood.map(({ text, why }) => `${text}: ${why}`).join('; ')
      const rules = [`    got   ${JSON.stringify(translation.rule)}`, `    label ${JSON.stringify(line.rule)}`]
      return [`${result}${isNearly ? ' (nearly)' : ''} ${line.id} ${line.prompt}`, ...rules, `    open  ${open}`].join(
        '\n',
      )
    })
  return `${[...unlike, scoreTable(all)].join('\n')}\n`
}

const own = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const shared = (name: string) => fileURLToPath(new URL(`../../../../../shared/nl/${name}`, import.meta.url))

describe('prompts in the words of marketers', () => {
  it.each(readPrompts(own('prompts.jsonl')).map((line) => [line.prompt, line] as const))('%s', (_prompt, line) => {
    const known: KnownValues = JSON.parse(readFileSync(own('known-values.json'), 'utf8'))
    const { result, translation } = scorePrompt(line, crmCatalog, known)
    expect({ result, rule: translation.rule, open: translation.notUnderstood }).toMatchObject({ result: 'right' })
  })
})

const given = process.env['NL_PROMPTS']
const file = given ?? shared('dev.jsonl')
const values = process.env['NL_VALUES'] ?? shared('known-values.json')
const isThere = existsSync(file) && existsSync(values)

describe.skipIf(!isThere)(`the labelled prompts of ${isThere ? 'the file' : 'a file that is not here'}`, () => {
  it('are understood or honestly refused, never confidently wrong', () => {
    const all = scored(file, values)
    process.stdout.write(sayAll(all))
    expect(all.filter(({ result }) => result === 'wrong').map(({ line }) => line.prompt)).toEqual([])
    const right = all.filter(({ result }) => result === 'right').length
    if (given === undefined) expect(right / all.length).toBeGreaterThanOrEqual(0.92)
  })
})
