/** Writes a line for people. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Writes rows under a heading in columns: the first to the left, all others to the right. */
export function sayTable(heading: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...rows.map((cells) => (cells[column] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => (column === 0 ? (cells[0] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width)))
      .join('  ')
      .trimEnd()
  say(line(heading))
  say(widths.map((width) => '-'.repeat(width)).join('  '))
  for (const cells of rows) say(line(cells))
}

/** Three digits are all that a measurement is worth. */
export function short(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'given up'
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value.toFixed(value >= 10 ? 1 : 2)
}

/** A target and whether it is met, for the last column of a table. */
export function verdict(isMet: boolean, target: string): string {
  return `${isMet ? 'ok' : 'MISSED'} (${target})`
}
