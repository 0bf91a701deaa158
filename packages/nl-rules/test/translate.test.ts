import { checkRule, ruleHash } from '@muster/segment-core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readText, translate } from '../src/translate.ts'
import { gym, gymValues } from './support/gym.ts'

const options = { catalog: gym, knownValues: gymValues, now: Date.parse('2026-03-15T09:30:00Z') }

describe('a translation', () => {
  it('says what each stretch was taken for, what was taken for granted, and the rule in words', async () => {
    const translation = await translate('regulars from Potsdam who trained recentlly', options)
    expect(translation.confident).toBe(true)
    expect(translation.stretches.map(({ text, takenFor }) => [text, takenFor])).toEqual([
      ['regulars', 'glossary'],
      ['from Potsdam', 'place'],
      ['who', 'who'],
      ['trained ', 'checkingIn'],
      ['recentlly', 'period'],
    ])
    expect(translation.assumptions.map(({ text }) => text)).toEqual([
      '"regulars" means members whose check-ins is at least 50',
      '"recentlly" is the last 14 days',
      '"recentlly" is taken for "recently"',
    ])
    expect(translation.sentence).toBe(
      'Members whose check-ins is at least 50 and whose town is "Potsdam" and whose last check-in is within the last 14 days.',
    )
    expect(translation.source).toBe('heuristics')
  })

  it('reports what it does not understand where it stands, and proposes the rest', () => {
    const translation = readText('people from Berlin who love hiking', options)
    expect(translation.confident).toBe(false)
    expect(translation.notUnderstood).toEqual([{ text: 'love hiking', start: 23, end: 34, why: 'not understood' }])
    expect(translation.rule).toEqual({ field: 'town', operator: '=', value: 'Berlin' })
  })

  it('counts days in the time zone that it is given', () => {
    const now = Date.parse('2026-03-31T22:30:00Z')
    const inMarch = (timeZone: string) => readText('joined in April', { ...options, now, timeZone }).rule
    expect(inMarch('Europe/Berlin')).toMatchObject({ value: ['2026-04-01', '2026-04-30'] })
    expect(inMarch('America/New_York')).toMatchObject({ value: ['2025-04-01', '2025-04-30'] })
  })

  it('never makes an empty or failed reading an audience of everybody', () => {
    for (const text of ['', '   ', '...', 'members', 'who', 'and', 'not', '()', '""', 'or or or', 'from', 'the']) {
      expect(readText(text, options)).toMatchObject({ rule: null, confident: false })
    }
  })
})

const words = fc.constantFrom(
  ...'members from Potsdam Berlin not never or and but either neither nor ( ) , . paid over under between 5 5000 €5k 1,00,000 in the last 30 days'.split(
    ' ',
  ),
  ...'month year March 2026 Q1 attended missed class classes Morning Yoga it more than less or more with without who whose no except trained times twice'.split(
    ' ',
  ),
  ...'premium student birthday today next since before after on email contains " \' goal marathon regular sleeping everyone is are : = >= - + % \n'.split(
    ' ',
  ),
)

describe('any text', () => {
  it('fault 104: has an answer, and a certain one is a rule over the catalog', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(words, { maxLength: 40 }).map((list) => list.join(' ')),
    )
    void fc.assert(
      fc.property(texts, (text) => {
        const { rule, confident, notUnderstood, stretches } = readText(text, options)
        if (rule !== null) expect(checkRule(rule, gym).ok).toBe(true)
        if (confident) expect(rule).not.toBeNull()
        for (const { start, end, text: said } of [...notUnderstood, ...stretches])
          expect(text.slice(start, end)).toBe(said)
      }),
      { numRuns: 3000 },
    )
  })

  it('means the same in other letters, spaces and politeness', () => {
    const prompts = fc.constantFrom(
      'members from potsdam who paid over 500',
      'premium, not trained in 30 days',
      'attended the morning yoga class or missed more than 2 classes',
      'birthday next month and paid between 10 and 20',
    )
    const frames = fc.constantFrom(
      (text: string) => text.toUpperCase(),
      (text: string) => `Please show me ${text}`,
      (text: string) => `  ${text.replaceAll(' ', '  ')} \n`,
      (text: string) => `Could you find ${text}?`,
      (text: string) => `${text}, please`,
      (text: string) => `(${text})`,
    )
    void fc.assert(
      fc.property(prompts, frames, (prompt, frame) => {
        const plain = readText(prompt, options)
        const framed = readText(frame(prompt), options)
        expect(framed.confident).toBe(true)
        expect(ruleHash(framed.rule!, gym)).toBe(ruleHash(plain.rule!, gym))
      }),
    )
  })
})

describe('the time it takes', () => {
  const best = (text: string, rounds: number): number => {
    const times = Array.from({ length: rounds }, () => {
      const before = performance.now()
      readText(text, options)
      return performance.now() - before
    })
    return Math.min(...times)
  }

  it('is under a millisecond for thirty words', () => {
    const text =
      'premium members from Potsdam or Berlin who paid over 500 in the last 90 days, attended the Morning Yoga class at least twice this year and have not trained since March'
    expect(text.split(' ').length).toBeGreaterThanOrEqual(30)
    best(text, 200)
    expect(best(text, 300)).toBeLessThan(1)
  })

  it.each([
    ['brackets', '('.repeat(10_000)],
    ['closed brackets', `${'('.repeat(5_000)}${')'.repeat(5_000)}`],
    ['numbers', '1,'.repeat(5_000)],
    ['digits', '9'.repeat(10_000)],
    ['quotes', `"a`.repeat(5_000)],
    ['negations', 'not '.repeat(2_500)],
    ['alternatives', 'or '.repeat(3_000)],
    ['one word', 'a'.repeat(10_000)],
    ['hyphens', 'a-'.repeat(5_000)],
    ['addresses', 'a@'.repeat(5_000)],
    ['unknown words', 'lorem ipsum '.repeat(800)],
    ['half a phrase', 'in the last '.repeat(800)],
    ['carried numbers', `paid over 5 ${'or over 6 '.repeat(900)}`],
    ['places', `from ${'Berlin or '.repeat(900)}`],
    ['periods', 'in January or February or '.repeat(350)],
    ['objects', `attended ${'Spinning and '.repeat(700)}`],
    ['commas', ','.repeat(10_000)],
    ['lines', '\n'.repeat(10_000)],
    ['marks', '\u0301'.repeat(10_000)],
  ])('grows no faster than the text: %s', (_name, text) => {
    readText(text.slice(0, 1_000), options)
    expect(best(text, 3)).toBeLessThan(1_000)
  })
})
