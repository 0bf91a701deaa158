import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mask } from '../../src/asking/mask.ts'
import { unmaskRule, withHidden } from '../../src/asking/unmask-rule.ts'
import { shop } from './shop.ts'

describe('masking', () => {
  it.each([
    ['people like john.doe+x@ex-ample.co.in', 'people like [EMAIL_1]'],
    ['<Ann@shop.example>, ann@shop.example', '<[EMAIL_1]>, [EMAIL_2]'],
    ['john (at) example.com or joe＠example.com', '[EMAIL_1] or [EMAIL_2]'],
    ['mailto:jane%40example.com', 'mailto:[EMAIL_1]'],
    ['phone 9876543210', 'phone [NUMBER_1]'],
    ['call +91 98765 43210', 'call +[NUMBER_1] [NUMBER_2] [NUMBER_3]'],
    ['call (555) 123-4567', 'call ([NUMBER_1]) [NUMBER_2]-[NUMBER_3]'],
    ['card 4111 1111 1111 1111', 'card [NUMBER_1] [NUMBER_2] [NUMBER_2] [NUMBER_2]'],
    ['phone ٠١٢٣٤٥٦٧٨', 'phone [NUMBER_1]'],
    ['number 9,876,543,210', 'number [NUMBER_1]'],
    ['spent 50000-100000', 'spent [NUMBER_1]-[NUMBER_2]'],
    ['x@y.example [EMAIL_1]', '[EMAIL_2] [EMAIL_1]'],
  ])('hides %s', (text, masked) => {
    expect(mask(text).text).toBe(masked)
  })

  it.each([
    'spent over 1,00,00,000 in 2025',
    'visited since 2026-01-31 and before 31-12-2026 or 31.12.2025',
    'spent between 5k and 10k, at least 3 orders',
    'PIN 400001, over 99.50 @ the shop',
    'ordered in 2024, 2025 or 2026',
  ])('leaves %s', (text) => {
    expect(mask(text)).toEqual({ text, hidden: new Map() })
  })

  const localPart = fc.stringMatching(/^[a-z0-9][a-z0-9._%+-]{0,20}$/)
  const domain = fc.stringMatching(/^[a-z0-9-]{1,10}(\.[a-z]{2,5}){1,2}$/)
  const phone = fc
    .tuple(
      fc.constantFrom('', '+', '+91 ', '0'),
      fc.stringMatching(/^[1-9]\d{6,11}$/),
      fc.constantFrom('', ' ', '-', '. '),
    )
    .map(([lead, digits, separator]) => lead + digits.replace(/(\d{3})(?=\d)/g, `$1${separator}`))
  const words = fc.stringMatching(/^[a-z ]{0,20}$/)

  it('hides every address and telephone number among words, and gives the text back', () =>
    fc.assert(
      fc.property(words, localPart, domain, words, phone, words, (one, local, host, two, number, three) => {
        const text = `${one} ${local}@${host} ${two} ${number} ${three}`
        const masked = mask(text)
        expect(masked.text).not.toContain(host)
        expect(masked.text.replaceAll(/\[[A-Z]+_\d+\]/g, '')).not.toMatch(/\d{3}/)
        expect(withHidden(masked.text, masked.hidden)).toBe(text)
      }),
    ))

  it('gives any text back', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const masked = mask(text)
        expect(withHidden(masked.text, masked.hidden)).toBe(text)
      }),
    ))

  it('is done soon with the longest texts', () => {
    for (const text of [
      'a'.repeat(2_000),
      'a@'.repeat(1_000),
      '1 '.repeat(1_000),
      '(1'.repeat(1_000),
      '[at]'.repeat(500),
    ]) {
      const from = performance.now()
      mask(text)
      expect(performance.now() - from).toBeLessThan(500)
    }
  })
})

describe('unmasking a rule', () => {
  const { hidden } = mask('mail a@b.example, phone 9876543210, between 1234567.50 and 20000000')
  const [mail, phone, low, high] = [...hidden.keys()]

  it('puts values back, as numbers where numbers are compared', () => {
    const rule = {
      logic: 'AND',
      conditions: [
        { field: 'email', operator: '=', value: mail },
        { field: 'phone', operator: 'in', value: [phone] },
        { field: 'totalSpending', operator: 'between', value: [low, high] },
        {
          aggregate: 'count',
          of: 'orders',
          where: { field: 'total', operator: '>', value: low },
          operator: '>',
          value: 3,
        },
      ],
    }
    expect(unmaskRule(rule, hidden, shop)).toEqual({
      logic: 'AND',
      conditions: [
        { field: 'email', operator: '=', value: 'a@b.example' },
        { field: 'phone', operator: 'in', value: ['9876543210'] },
        { field: 'totalSpending', operator: 'between', value: [1234567.5, 20000000] },
        {
          aggregate: 'count',
          of: 'orders',
          where: { field: 'total', operator: '>', value: 1234567.5 },
          operator: '>',
          value: 3,
        },
      ],
    })
  })

  it('leaves keys, other texts and any other JSON as they are', () =>
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(unmaskRule(JSON.parse(text), hidden, shop)).toEqual(JSON.parse(text))
      }),
    ))

  it('does not go deeper than a rule can be', () => {
    const deep = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)
    expect(() => unmaskRule(deep, hidden, shop)).not.toThrow()
  })
})
