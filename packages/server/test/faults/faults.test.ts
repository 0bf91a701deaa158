import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'

/** Faults that no test names yet. A smaller number is progress; a larger one is a fault of its own. */
const mostOpen = 0

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const faultCount = 121

interface Row {
  readonly number: number
  readonly file: string
  readonly title: string
}

describe('the table of faults', () => {
  let rows: readonly Row[]
  let titles: ReadonlyMap<string, readonly string[]>

  beforeAll(async () => {
    rows = tableIn(await readFile(`${root}packages/server/docs/faults.md`, 'utf8'))
    titles = await titlesOfTests()
  })

  it('has each of the numbers once, in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: faultCount }, (_, index) => index + 1))
  })

  it('names tests that are there and name the number', () => {
    const wrong = rows.filter(({ file, title, number }) => {
      if (file === 'open') return false
      return !numbersIn(title).includes(number) || titles.get(file)?.includes(title) !== true
    })
    expect(wrong).toEqual([])
  })

  it('has no more open ones than before', () => {
    expect(rows.filter(({ file }) => file === 'open').length).toBe(mostOpen)
  })

  it('knows no other numbers', () => {
    const numbers = [...titles.values()].flat().flatMap(numbersIn)
    expect(numbers.filter((number) => number < 1 || number > faultCount)).toEqual([])
  })
})

function tableIn(document: string): readonly Row[] {
  return [...document.matchAll(/^\| (\d+) \| [^|]+ \| (`[^`]+`|open) \|(.*)\|$/gm)].map(
    ([, number, file = '', title = '']) => ({
      number: Number(number),
      file: file.replaceAll('`', ''),
      title: title.trim().replaceAll('\\|', '|'),
    }),
  )
}

/** The titles of all tests that name faults, by file. */
async function titlesOfTests(): Promise<ReadonlyMap<string, readonly string[]>> {
  const packages = await readdir(`${root}packages`)
  const folders = [...packages.map((name) => `packages/${name}/test`), 'examples/test']
  const files = await Promise.all(
    folders.map(async (folder) => {
      const found = await readdir(root + folder, { recursive: true })
      return found.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`)
    }),
  )
  const texts = await Promise.all(
    files.flat().map(async (file) => [file, await readFile(root + file, 'utf8')] as const),
  )
  return new Map(texts.map(([file, text]) => [file, titlesIn(text)]))
}

/** Titles stand behind `it(`, `it.each(…)(` and the like, or begin a row of a table of cases; in any quotes. */
function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(/[([]\s*(['"`])(faults? [\d, and]+: (?:(?!\1).)*)\1/g)].map(([, , title = '']) => title)
}

function numbersIn(title: string): readonly number[] {
  const [named = ''] = title.split(':')
  return [...named.matchAll(/\d+/g)].map(([number]) => Number(number))
}
