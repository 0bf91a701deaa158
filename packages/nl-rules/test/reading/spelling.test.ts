import { describe, expect, it } from 'vitest'
import { createSpelling } from '../../src/reading/spelling.ts'

const spelling = createSpelling(
  new Set(['visited', 'customers', 'the', 'from', 'order', 'spent', 'consent', 'live', 'shopping']),
)

describe('typing mistakes', () => {
  it.each([
    ['vistied', 'visited', 'two letters swapped'],
    ['visted', 'visited', 'one missing'],
    ['custommers', 'customers', 'one too many'],
    ['concent', 'consent', 'one wrong'],
    ['teh', 'the', 'a short word'],
    ['frm', 'from', 'a vowel left out'],
    ['spnt', 'spent', 'a vowel left out'],
  ])('%s is %s: %s', (typed, meant) => expect(spelling(typed)).toBe(meant))

  it.each([
    ['older', 'an English word is no mistake of another'],
    ['love', 'an English word is no mistake of another'],
    ['shipping', 'an English word is no mistake of another'],
    ['tea', 'a short word is left alone'],
    ['isited', 'nobody slips in the first letter'],
    ['vstd', 'two letters are too many'],
    ['kubernetes', 'it is like none'],
    ['v'.repeat(100_000), 'it is too long'],
  ])('%s stays: %s', (typed) => expect(spelling(typed)).toBeNull())
})
