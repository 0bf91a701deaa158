import { describe, expect, it } from 'vitest'
import { type Mistake, mistakes } from './mistakes.ts'
import { simulateMany } from './simulate-many.ts'

/** Every mistake is noticed long before this; a mistake that is not is a hole in the simulation. */
const patience = 2_000

describe('the simulation notices', () => {
  for (const [name, mistake] of Object.entries(mistakes)) {
    it(
      `that ${name}`,
      async () => {
        const broken = await simulateMany(1, patience, mistake, 1)
        expect(broken.length).toBeGreaterThan(0)
      },
      60_000 + patience * 100,
    )
  }

  it('that the same seed goes another way', async () => {
    let heard = 0
    const forgetsNothing: Mistake = {
      misread: (answer) => (heard++ < 20 ? { kind: 'lost', detail: 'the first ones only' } : answer),
    }
    const [first] = await simulateMany(1, patience, forgetsNothing, 1)
    expect(first?.violation).toBe('the same seed went another way')
  })
})
