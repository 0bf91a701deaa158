import { describe, expect, it } from 'vitest'
import { bothNumbers, plural, singular, verbForms } from '../../src/reading/inflect.ts'

describe('nouns', () => {
  it.each([
    ['shoe', 'shoes'],
    ['watch', 'watches'],
    ['toy', 'toys'],
    ['baby', 'babies'],
    ['knife', 'knives'],
    ['dress', 'dresses'],
    ['yoga mat', 'yoga mats'],
    ['gift-box', 'gift-boxes'],
  ])('%s, %s', (one, many) => {
    expect(plural(one)).toBe(many)
    expect(singular(many)).toBe(one)
    expect(singular(one)).toBe(one)
    expect(bothNumbers(one)).toEqual([one, many])
    expect(bothNumbers(many)).toEqual([one, many])
  })

  it.each(['furniture', 'electronics', 'jeans', 'kitchenware', 'home decor', 'clothing'])(
    '%s has no other number',
    (noun) => {
      expect(bothNumbers(noun)).toEqual([noun])
    },
  )
})

describe('verbs', () => {
  it.each([
    [['order'], ['order', 'orders', 'ordered', 'ordering']],
    [['shop'], ['shop', 'shops', 'shopped', 'shopping']],
    [['purchase'], ['purchase', 'purchases', 'purchased', 'purchasing']],
    [['sign up'], ['sign up', 'signs up', 'signed up', 'signing up']],
    [
      ['buy', 'bought'],
      ['buy', 'buys', 'bought', 'buying'],
    ],
    [
      ['see', 'saw', 'seen'],
      ['see', 'sees', 'saw', 'seen', 'seeing'],
    ],
  ] as const)('%s', (verb, forms) => {
    const [base, past, participle] = verb as readonly [string, string?, string?]
    const given =
      past === undefined
        ? base
        : participle === undefined
          ? ([base, past] as const)
          : ([base, past, participle] as const)
    expect(verbForms(given).forms).toEqual(forms)
  })
})
