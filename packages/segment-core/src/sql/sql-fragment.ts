declare const sealed: unique symbol

/** What can be bound: texts and safe integers or decimals. Truth values are literals. */
export type Binding = string | number

/** SQL text with its bound values. Only this file can make one, so no text of a user can become SQL. */
export interface Sql {
  readonly text: string
  readonly bindings: readonly Binding[]
  readonly [sealed]: true
}

/** Literal parts are trusted and hold no `?`; every `${}` is another `Sql` or becomes a bound value. */
export function sql(parts: TemplateStringsArray, ...holes: readonly (Sql | Binding)[]): Sql {
  let text = parts[0]!
  const bindings: Binding[] = []
  holes.forEach((hole, index) => {
    if (typeof hole === 'object') {
      text += hole.text
      for (const binding of hole.bindings) bindings.push(binding)
    } else {
      text += '?'
      bindings.push(hole)
    }
    text += parts[index + 1]!
  })
  return seal(text, bindings)
}

const plainIdentifier = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * A name as SQL, in the quotes of a dialect.
 * @throws TypeError when it is not made of letters, digits and underscores alone
 */
export function identifier(name: string, quote: '"' | '`'): Sql {
  if (!plainIdentifier.test(name)) throw new TypeError(`"${name}" cannot be an identifier`)
  return seal(`${quote}${name}${quote}`, [])
}

/**
 * A function's name as SQL, unquoted because quoting would make it case-sensitive; a schema may stand before it.
 * @throws TypeError when it is not made of letters, digits and underscores alone
 */
export function functionName(name: string): Sql {
  if (!name.split('.').every((part) => plainIdentifier.test(part))) {
    throw new TypeError(`"${name}" cannot be the name of a function`)
  }
  return seal(name, [])
}

/** A whole number as a literal; for lengths and powers of ten, never for what a rule says. */
export function wholeLiteral(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a whole number`)
  return seal(String(value), [])
}

/** A JSON path `$."key"` as a literal; the catalog holds keys to letters, digits, `_` and `-`. */
export function jsonPathLiteral(key: string): Sql {
  return seal(`'$."${jsonKey(key)}"'`, [])
}

/** A JSON key as a literal; the catalog holds keys to letters, digits, `_` and `-`. */
export function jsonKeyLiteral(key: string): Sql {
  return seal(`'${jsonKey(key)}'`, [])
}

function jsonKey(key: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(key)) throw new TypeError(`"${key}" cannot be a JSON key`)
  return key
}

/** Beyond this many parts a chain is written as a balanced tree: SQLite allows expressions 1,000 deep. */
const longestChain = 64

/** All of the conditions; true when there are none. */
export function allOf(parts: readonly Sql[]): Sql {
  return chain(parts, ' AND ', '1 = 1')
}

/** At least one of the conditions; false when there are none. */
export function anyOf(parts: readonly Sql[]): Sql {
  return chain(parts, ' OR ', '1 = 0')
}

/** A condition that always holds. */
export const always: Sql = seal('1 = 1', [])
/** A condition that never holds. */
export const never: Sql = seal('1 = 0', [])

function chain(parts: readonly Sql[], connective: ' AND ' | ' OR ', empty: string): Sql {
  if (parts.length === 0) return seal(empty, [])
  if (parts.length === 1) return parts[0]!
  if (parts.length <= longestChain) return inBrackets(listOf(parts, connective))
  const middle = parts.length >> 1
  return chain(
    [chain(parts.slice(0, middle), connective, empty), chain(parts.slice(middle), connective, empty)],
    connective,
    empty,
  )
}

/** Parts one after the other, as in a list of values. */
export function listOf(parts: readonly Sql[], separator: ' AND ' | ' OR ' | ', ' | ' UNION ' = ', '): Sql {
  const bindings: Binding[] = []
  for (const part of parts) for (const binding of part.bindings) bindings.push(binding)
  return seal(parts.map(({ text }) => text).join(separator), bindings)
}

function inBrackets(inner: Sql): Sql {
  return seal(`(${inner.text})`, inner.bindings)
}

function seal(text: string, bindings: readonly Binding[]): Sql {
  return { text, bindings } as Sql
}
