import { describe, expect, it } from 'vitest'
import type { Trait } from '../../src/suggesting/audience-traits.ts'
import { tones } from '../../src/suggesting/channel.ts'
import { checkMessage } from '../../src/suggesting/check-message.ts'
import {
  audienceLine,
  closings,
  closingsFor,
  frames,
  framesFor,
  leads,
  openings,
  type Phrases,
} from '../../src/suggesting/phrases.ts'

const traits: readonly Trait[] = [
  { is: 'away' },
  { is: 'valued' },
  { is: 'new' },
  { is: 'notYet', noun: 'order' },
  { is: 'once', noun: 'order' },
  { is: 'often', noun: 'order' },
  { is: 'celebrating', day: 'birthday' },
  { is: 'at', place: 'Pune' },
]
const tables: readonly Phrases[] = [leads, frames, framesFor, closingsFor].flatMap((table) => Object.values(table))
const phrases = [
  ...tables.flatMap(({ formal, casual, playful }) => [...formal, ...casual, ...playful]),
  ...tones.flatMap((tone) => [...closings[tone], ...openings[tone].map(({ words, mark }) => words + mark)]),
  ...traits.flatMap((trait) =>
    (['formal', 'casual', 'playful'] as const).map((register) => audienceLine(trait, register)),
  ),
]

describe('the phrases', () => {
  it.each([...new Set(phrases)])('promise nothing by themselves: %s', (phrase) => {
    const text = phrase.replaceAll('<topic>', 'tea')
    expect(checkMessage({ text, subject: null }, { objective: '', channel: 'sms', placeholders: ['name'] })).toEqual([])
  })

  it('are at least two of each kind, and all different', () => {
    for (const { formal, casual, playful } of tables) {
      for (const list of [formal, casual, playful]) {
        expect(new Set(list).size).toBe(list.length)
        expect(list.length).toBeGreaterThanOrEqual(2)
      }
    }
  })
})
