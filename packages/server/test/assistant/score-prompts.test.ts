import { existsSync, readFileSync } from 'node:fs'
import type { KnownValues } from '@muster/nl-rules'
import { describe, expect, it } from 'vitest'
import { crmCatalog } from '../../src/catalog/crm-catalog.ts'
import { readPrompts, scorePrompt, scoreTable } from './scoring/score.ts'

const folder = new URL('../../../../../shared/nl/', import.meta.url)
const file = process.env['NL_PROMPTS'] ?? new URL('dev.jsonl', folder)
const values = new URL('known-values.json', folder)
const isThere = existsSync(file) && existsSync(values)

describe.skipIf(!isThere)(`the labelled prompts of ${file}${isThere ? '' : ' (not here)'}`, () => {
  it('are understood or honestly refused, never confidently wrong', () => {
    const known: KnownValues = JSON.parse(readFileSync(values, 'utf8'))
    const scored = readPrompts(file).map((line) => scorePrompt(line, crmCatalog, known))
    const said = scored
      .filter(({ result }) => result !== 'right')
      .map(
        ({ line, result, isNearly, translation }) =>
          `${result}${isNearly ? ' (nearly)' : ''} ${line.id} ${line.prompt}\n    got   ${JSON.stringify(translation.rule)}\n    label ${JSON.stringify(line.rule)} ${JSON.stringify(line.unsupported ?? '')}\n    ${JSON.stringify(translation.notUnderstood.map(({ text, why }) => `${text}: ${why}`))}`,
      )
    process.stdout.write(`${said.join('\n')}\n${scoreTable(scored)}\n`)
    expect(scored.filter(({ result }) => result === 'wrong')).toEqual([])
    expect(scored.filter(({ result }) => result === 'right').length).toBeGreaterThanOrEqual(scored.length * 0.92)
  })
})
