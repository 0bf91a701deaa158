import { dictionary } from '@zxcvbn-ts/language-common'
import { describe, expect, it } from 'vitest'
import { isCommonPassword } from '../../src/accounts/common-passwords.ts'
import { passwordFault } from '../../src/accounts/password-fault.ts'
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

  // Work is measured, not time: on a busy machine the same work takes any time.
  it('fault 77: take as much work for nobody as for somebody', async () => {
    const passwords = createPasswords(10)
    const hash = await passwords.hash('Sesame-42')
    await passwords.matches('Wrong-42', null)
    const least = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY }
    for (let round = 0; round < 8; round++) {
      for (const [who, against] of [
        ['known', hash],
        ['unknown', null],
      ] as const) {
        const before = process.cpuUsage()
        await passwords.matches('Wrong-42', against)
        const { user, system } = process.cpuUsage(before)
        least[who] = Math.min(least[who], user + system)
      }
    }
    expect(least.unknown / least.known).toBeGreaterThan(0.8)
    expect(least.unknown / least.known).toBeLessThan(1.25)
  })

  it('fault 74: are hashed two at once while forty wait, and the others are turned away', async () => {
    const passwords = createPasswords(4)
    const answers = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.hash('Sesame-42')))
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused).toHaveLength(18)
    expect(refused[0]?.reason).toMatchObject({ code: 'BUSY' })
    expect(await passwords.hash('again')).toMatch(/^\$2b/)
  })
})

describe('a new password', () => {
  const about = ['Ann Thompson', 'annika.meier@teahouse.example']

  it.each([
    ['Sesame-42'],
    ['Correct-horse-9'],
    ['zB7#kk-Qw1'],
    [`Aa1!${'x'.repeat(68)}`],
    ['Пароль-надёжный-1'],
    ['My-teahouse-in-Assam-42'],
  ])('%s is taken', (password) => {
    expect(passwordFault(password, about)).toBeNull()
  })

  it.each([
    ['short', 'Aa1!'],
    ['without a capital', 'sesame-42'],
    ['without a digit', 'Sesame-forty'],
    ['listed in lower case', 'P@ssw0rd'],
    ['listed, with capitals', '1Qaz@wsX'],
    ['a listed word with a tail', 'Password1!'],
    ['a listed word with the usual tail', 'Welcome@123'],
    ['a season and a year', 'Summer2026!'],
    ['a listed word disguised', 'Dr@g0n-99'],
    ['a listed word with a head and a tail', '!!Qwerty99'],
    ['the first name of an address', 'Annika-26!'],
    ['a surname', 'Thompson#1'],
    ['a surname disguised', 'Th0mps0n#1'],
    ['the domain', 'Teahouse-1!'],
    ['our name', 'Muster-26!'],
    ['longer than bcrypt reads', `Aa1!${'x'.repeat(69)}`],
    ['longer in bytes than bcrypt reads', `Aa1!${'é'.repeat(35)}`],
  ])('that is %s is refused, in words that the register form looks for', (_what, password) => {
    expect(passwordFault(password, about)).toContain('stronger password')
  })

  it('is compared with more than three thousand that people use', () => {
    const refused = ['p@ssw0rd', '!qaz2wsx', 'pa$$w0rd', 'ncc-1701', 'doc_0815', 'ybrbnf_25'].filter(isCommonPassword)
    expect(refused).toHaveLength(6)
    expect(mostFrequent(5_000).every(isCommonPassword)).toBe(true)
  })
})

/** The list's own first entries, read from the library beside the code under test. */
function mostFrequent(count: number): readonly string[] {
  return (dictionary['passwords-common'] ?? []).slice(0, count)
}
