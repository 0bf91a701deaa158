/** Liquid's own tags and outputs: what stands inside them is not ours to read. */
const liquidParts = /(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})/

/** Anything that a person would take for a placeholder, known or not. */
const placeholder = /\{\s*([\p{L}_][\p{L}\p{N}_ .|-]{0,60}?)\s*\}/gu

/** A template in Liquid's words, and the placeholders that nobody knows. */
export interface Placeholders {
  readonly source: string
  readonly unknown: readonly string[]
}

/**
 * Turns the simple placeholders of the editor, such as `{name}`, into Liquid's. A placeholder that is not among
 * `names` is reported and not turned: sent as it stands it would be read by the customer.
 */
export function readPlaceholders(text: string, names: readonly string[]): Placeholders {
  const unknown = new Set<string>()
  const read = (plain: string) =>
    plain.replace(placeholder, (whole: string, name: string) => {
      if (names.includes(name)) return `{{ ${name} }}`
      unknown.add(name)
      return whole
    })
  const parts = text.split(liquidParts)
  // A split with one capturing group puts the plain text at the even places and Liquid's at the odd ones.
  const source = parts.map((part, index) => (index % 2 === 0 ? read(part) : part)).join('')
  return { source, unknown: [...unknown] }
}
