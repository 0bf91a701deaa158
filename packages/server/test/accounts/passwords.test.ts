import { describe, expect, it } from 'vitest'
import { createPasswords } from '../../src/accounts/passwords.ts'

describe('passwords', () => {
  it('match their own hash and no other, also when there is none', async () => {
    const passwords = createPasswords(4)
    const hash = await passwords.hash('Sesame-42')
    expect(hash).toMatch(/^\$2b\$04\$/)
    expect(await passwords.matches('Sesame-42', hash)).toBe(true)
    expect(await passwords.matches('Sesame-43', hash)).toBe(false)
    expect(await passwords.matches('Sesame-42', null)).toBe(false)
    expect(await passwords.matches('nobody has this password', null)).toBe(false)
  })

  it('take as long for nobody as for somebody (fault 77)', async () => {
    const passwords = createPasswords(10)
    const hash = await passwords.hash('Sesame-42')
    const fastest = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY }
    for (let round = 0; round < 6; round++) {
      for (const [who, against] of [
        ['known', hash],
        ['unknown', null],
      ] as const) {
        const startedMs = performance.now()
        await passwords.matches('Wrong-42', against)
        fastest[who] = Math.min(fastest[who], performance.now() - startedMs)
      }
    }
    expect(fastest.unknown / fastest.known).toBeGreaterThan(0.6)
    expect(fastest.unknown / fastest.known).toBeLessThan(1.7)
  })

  it('turn the crowd away rather than let it wait for ever (fault 74)', async () => {
    const passwords = createPasswords(4)
    const answers = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.hash('Sesame-42')))
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused).toHaveLength(18)
    expect(refused[0]?.reason).toMatchObject({ code: 'BUSY' })
    expect(await passwords.hash('again')).toMatch(/^\$2b/)
  })
})
