import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readObjective } from '../../src/suggesting/read-objective.ts'

describe('reading an objective', () => {
  it.each([
    ['Win back customers who have not visited in 3 months with 20% off', 'winBack', '20% off'],
    ['re-engage lapsed customers', 'winBack', null],
    ['Bring back customers with more than 5 orders', 'winBack', null],
    ['Announce our new winter collection to VIP customers', 'announce', 'our new winter collection'],
    ['Launch of the summer menu', 'announce', 'the summer menu'],
    ['Please write a short, friendly SMS announcing our Diwali sale', 'announce', 'our Diwali sale'],
    ['Create a message for customers in Pune about our new menu', 'announce', 'our new menu'],
    ['Tell people about the new opening hours', 'announce', 'the new opening hours'],
    ['Inform customers that we are closed on Monday', 'announce', 'we are closed on Monday'],
    ['we need to sell more shoes', 'announce', 'shoes'],
    ['Increase sales of coffee', 'announce', 'coffee'],
    ['Increase revenue', 'announce', null],
    ['Thank our loyal customers for their support', 'thank', 'your support'],
    ['Reward our best customers with a voucher', 'thank', 'a voucher'],
    ['Welcome new members to our club', 'welcome', 'our club'],
    ['Welcome new customers', 'welcome', null],
    ['Remind them to redeem their points', 'remind', 'redeem your points'],
    ['Remind customers about the tasting on Friday', 'remind', 'the tasting on Friday'],
    ['Invite everyone to our tasting on 5 May', 'invite', 'our tasting on 5 May'],
    ['Ask for feedback on their last order', 'feedback', 'your last order'],
    ['Collect reviews', 'feedback', null],
    ['Wish our customers a happy Diwali', 'celebrate', 'a happy Diwali'],
    ['birthday wishes', 'celebrate', null],
    ['Encourage people to visit our new store', 'urge', 'visit our new store'],
    ['Diwali sale: 20% off until Sunday', 'inform', 'Diwali sale: 20% off until Sunday'],
    ['We have a new store in Pune', 'inform', 'We have a new store in Pune'],
  ] as const)('%s', (objective, intent, topic) => {
    expect(readObjective(objective)).toMatchObject({ intent, topic, isDraft: false })
  })

  it.each(['Hi {name}, come back soon', 'We miss you! Drop by.', 'Dear guest, the shop is open'])(
    'takes "%s" for a draft, as it stands',
    (draft) => {
      expect(readObjective(draft)).toMatchObject({ topic: draft, isDraft: true })
    },
  )

  it('has an answer to anything, in one line, soon', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(readObjective(text).topic ?? '').not.toMatch(/[\n\r\t]/)
      }),
    )
    for (const text of [
      'win '.repeat(500),
      'to '.repeat(600),
      'ask for '.repeat(250),
      '<'.repeat(2_000),
      'a'.repeat(2_000),
    ]) {
      const from = performance.now()
      readObjective(text)
      expect(performance.now() - from).toBeLessThan(500)
    }
  })
})
