/**
 * The addresses of a list as people keep them: one a line, in the first column where there are several, with or without
 * a heading, in quotes or not. Empty lines are left out. An address has no line break, so lines are rows; a cell with
 * one makes rows that are no addresses, and those are reported.
 */
export function readAddressLines(text: string): readonly string[] {
  const cells = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map(firstCell)
    .filter((cell) => cell !== '')
  const [heading = '', ...rows] = cells
  return /^(e-?mail|address|e-?mail[ _-]?address)$/i.test(heading) ? rows : cells
}

function firstCell(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line)
  const cell = quoted?.[1]?.replaceAll('""', '"') ?? line.split(/[,;\t]/)[0] ?? ''
  return cell.trim()
}
