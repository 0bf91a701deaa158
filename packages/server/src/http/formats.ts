/**
 * An address that mail can be sent to: no blanks or control characters, one @, a domain of labels.
 * Longer than 254 code points, also when folded, is refused. `localhost` is a domain too.
 */
export function isMailAddress(text: string): boolean {
  const folded = text.normalize('NFC').toLowerCase()
  return (
    [...text].length <= 254 &&
    [...folded].length <= 254 &&
    /^[^\s@"(),:;<>[\]\\\p{C}.]+(\.[^\s@"(),:;<>[\]\\\p{C}.]+)*@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*$/u.test(text) &&
    /^.{1,64}@(localhost|.+\..+)$/u.test(text)
  )
}

/** Whether the machine knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Lone surrogates and NUL are no text: databases refuse or change them. */
export function isWellFormed(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text)
}
