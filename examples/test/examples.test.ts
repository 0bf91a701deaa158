import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const purchases = fileURLToPath(new URL('../../../shared/data/cdnow.txt', import.meta.url))

/** Runs a built example as the README says, and answers what it printed. A non-zero exit rejects. */
async function run(example: string, ...args: readonly string[]): Promise<string> {
  const file = fileURLToPath(new URL(`../dist/${example}.js`, import.meta.url))
  return (await promisify(execFile)(process.execPath, [file, ...args])).stdout
}

describe('the examples', () => {
  it('01 asks memory and four databases the same question', async () => {
    const printed = await run('01-one-rule-everywhere')
    for (const dialect of ['sqlite', 'mysql', 'mariadb', 'postgresql']) expect(printed).toContain(`${dialect}: `)
    expect(printed).toContain('in memory: Ada\n')
  })

  it('02 understands two sentences and says what it did not understand of the third', async () => {
    const printed = await run('02-plain-english')
    expect(printed.match(/Customers whose/g)).toHaveLength(2)
    expect(printed).toMatch(/“our 10 best customers”\n {2}Not certain/)
    expect(printed).toContain('not understood: ')
  })

  it.skipIf(!existsSync(purchases))('03 gives the answers of the file itself on real purchases', async () => {
    const printed = await run('03-real-purchases', purchases)
    expect(printed.match(/: agrees/g)).toHaveLength(3)
    expect(printed).toContain('3930 by the rule')
    expect(printed).toContain('735 by the rule')
    expect(printed).toContain('15214 by the rule')
  })

  it('03 refuses a file that is none of purchases', async () => {
    await expect(run('03-real-purchases', fileURLToPath(import.meta.url))).rejects.toThrow('is not a purchase')
  })

  it('the demo adds up, with the server killed in the middle', async () => {
    expect(await run('demo/demo')).toContain('Everything adds up.')
  })
})
