import { parseArgs } from 'node:util'

/** What was written after `--name` on the command line. */
export function readText(name: string): string | undefined {
  const { values } = parseArgs({ options: { [name]: { type: 'string' } }, strict: false })
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** A whole number of at least 1 after `--name`. */
export function readSize(name: string, usual: number): number {
  const text = readText(name)
  if (text === undefined) return usual
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1)
    throw new Error(`--${name} takes a whole number of at least 1, not "${text}"`)
  return size
}
