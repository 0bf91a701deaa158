/** A pattern for LIKE … ESCAPE '!' that matches what begins with a text; its `%` and `_` are ordinary characters. */
export function prefixPattern(prefix: string): string {
  return `${prefix.replace(/[!%_]/g, '!$&')}%`
}

/** How many code points a text has, which is what databases count. */
export function codePoints(text: string): number {
  return [...text].length
}
