import { describe, expect, it } from 'vitest'
import { suggestTags } from '../../src/suggesting/suggest-tags.ts'
import { shop } from '../asking/shop.ts'

const tagsOf = (...texts: readonly string[]) => suggestTags({ texts, catalog: shop }).map(({ tag }) => tag)

describe('tags', () => {
  it.each([
    ['Diwali sale: 20% off everything', ['discount', 'diwali']],
    ['We miss you, {name}!', ['win-back']],
    ['Tell everybody about our new menu', ['product-launch', 'announcement']],
    ['Invite everybody to our tasting', ['event', 'invitation']],
    ['Thank loyal customers for their trust', ['loyalty', 'thank-you']],
    ['Feel free', ['gift']],
    ['', []],
    ['Campaign 7', []],
  ])('%j: %j', (text, expected) => {
    expect(tagsOf(text).sort()).toEqual([...expected].sort())
  })

  it('come from the rule first, where everybody in the audience has something in common', () => {
    const audience = {
      logic: 'AND' as const,
      conditions: [
        { field: 'orderCount', operator: '=' as const, value: 0 },
        { field: 'city', operator: '=' as const, value: 'Pune' },
      ],
    }
    const tags = suggestTags({ texts: ['20% off'], audience, catalog: shop })
    expect(tags.map(({ tag }) => tag)).toEqual(['first-purchase', 'pune', 'discount'])
    expect(tags.every(({ why }) => why !== '')).toBe(true)
  })

  it('are the same for the same, without repetition', () => {
    const texts = ['Win back customers with 20% off', 'We miss you']
    expect(tagsOf(...texts)).toEqual(tagsOf(...texts))
    expect(new Set(tagsOf(...texts)).size).toBe(tagsOf(...texts).length)
  })
})
