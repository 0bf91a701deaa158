import { type Rule, ruleHash, describe as say } from '@muster/segment-core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryRule } from '../../segment-core/test/support/arbitrary-rule.ts'
import { readText } from '../src/translate.ts'
import { gym } from './support/gym.ts'

const options = { catalog: gym, now: 0 }

describe('what describe says', () => {
  it('is read back to an equal rule', () => {
    void fc.assert(
      fc.property(arbitraryRule(gym, 3), (rule) => {
        const { rule: read, confident } = readText(say(rule, gym), options)
        expect(confident).toBe(true)
        expect(ruleHash(read!, gym)).toBe(ruleHash(rule, gym))
      }),
      { numRuns: 2000 },
    )
  })

  it('is not read back when anything was changed in it', () => {
    const rule: Rule = { field: 'feesPaid', operator: '>', value: 500 }
    const said = say(rule, gym)
    for (const text of [said.replace('500', '500 or so'), `${said} Or not.`, said.replace('more', 'rather more')]) {
      expect(readText(text, options).confident).toBe(false)
    }
  })
})
