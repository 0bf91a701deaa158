import { describe, expect, it } from 'vitest'
import type { Channel } from '../../src/suggesting/channel.ts'
import { checkMessage } from '../../src/suggesting/check-message.ts'

const placeholders = ['name', 'email', 'spending', 'customer.city']
const objective = 'Win back customers with 20% off until Sunday, code BACK20, at shop.example'

function check(text: string, said = objective, channel: Channel = 'email', subject: string | null = null) {
  return checkMessage({ text, subject }, { objective: said, channel, placeholders })
}

describe('checking a message', () => {
  it.each([
    'Hi {name}! Come back and get 20% off until Sunday with the code BACK20.',
    'See you at shop.example, {name}.',
    'You have spent {spending} with us. How is {{ customer.city }}?',
    'We have missed you.\n\nDo come again.',
  ])('lets pass: %s', (text) => {
    expect(check(text)).toEqual([])
  })

  it.each([
    ['Hi {first_name}!', 'Only these placeholders'],
    ['Hi {{ customer.phone }}!', 'Only these placeholders'],
    ['Hi {{name}}!', 'Only these placeholders'],
    ['Hi {customer.city}!', 'Only these placeholders'],
    ['{% if name %}Hi{% endif %}', 'Only these placeholders'],
    ['Hi }{name}', 'Only these placeholders'],
    ['Come back and get 30% off', 'The number 30'],
    ['20% off for the first 100 guests', 'The number 100'],
    ['Free shipping for you', '"Free" promises'],
    ['A gift is waiting', '"gift" promises'],
    ['Win a car', '"Win" promises'],
    ['An exclusive evening', '"exclusive" promises'],
    ['Last chance to come', '"Last chance" promises'],
    ['Hurry, come', '"Hurry" promises'],
    ['We give you five of them', '"five" promises'],
    ['It costs € nothing', '"€" promises'],
    ['Look at https://evil.example/x', 'is a link'],
    ['Look at evil.example', 'is a link'],
    ['Write to me@evil.example', 'is a link'],
    ['<b>Come back</b>', 'without markup'],
    ['**Come back**', 'without markup'],
    ['[Come back](there)', 'without markup'],
    ['Come\u202eback', 'control characters'],
    ['Come\u0000back', 'control characters'],
    ['  ', 'is empty'],
    ['x'.repeat(1_001), 'characters'],
  ])('refuses %j', (text, problem) => {
    expect(check(text).join('; ')).toContain(problem)
  })

  it('knows how long each channel is, with placeholders filled in', () => {
    expect(check('a'.repeat(160), objective, 'sms')).toEqual([])
    expect(check('a'.repeat(161), objective, 'sms')).toHaveLength(1)
    expect(check(`${'a'.repeat(140)}{name}`, objective, 'sms')).toEqual([])
    expect(check(`${'a'.repeat(141)}{name}`, objective, 'sms')).toHaveLength(1)
    expect(check(`${'a'.repeat(133)}ĺ`, objective, 'sms')).toEqual([])
    expect(check(`${'a'.repeat(134)}ĺ`, objective, 'sms')).toHaveLength(1)
    expect(check('a'.repeat(151), objective, 'push')).toHaveLength(1)
    expect(check('a'.repeat(1_000), objective, 'email')).toEqual([])
  })

  it('checks subjects as well', () => {
    expect(check('Come back', objective, 'email', '20% off')).toEqual([])
    expect(check('Come back', objective, 'email', '50% off')).toEqual(['The number 50 is not in the objective'])
    expect(check('Come back', objective, 'email', 'a'.repeat(61))).toHaveLength(1)
    expect(check('Come back', objective, 'email', 'a\nBcc: b')).toHaveLength(1)
  })
})
