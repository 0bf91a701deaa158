/** Closes a `switch` over all kinds: does not compile while one of them is not handled. */
export function unreachable(value: never): never {
  throw new TypeError(`Not a known kind: ${JSON.stringify(value)}`)
}
