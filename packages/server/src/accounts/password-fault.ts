import { isAbout, isCommonPassword } from './common-passwords.ts'

/** bcrypt reads no further than this; a longer password would be accepted with any tail. */
export const mostPasswordBytes = 72

const tooSimple =
  'Please choose a stronger password: at least 8 characters, with upper and lower case letters, a digit and a symbol'

/**
 * What is wrong with a new password, or null.
 * @param about what is known of its owner: names and addresses, which are tried first
 */
export function passwordFault(password: string, about: readonly string[]): string | null {
  if (Buffer.byteLength(password) > mostPasswordBytes) {
    return `Please choose a stronger password of at most ${mostPasswordBytes} bytes: what lies beyond would not count`
  }
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}\s]/u]
  if ([...password].length < 8 || !kinds.every((kind) => kind.test(password))) return tooSimple
  if (isCommonPassword(password)) return 'Please choose a stronger password: this one is among the first that are tried'
  const words = ['muster', ...about.flatMap(wordsIn)]
  return isAbout(password, words) ? 'Please choose a stronger password, without your name or address' : null
}

/** Shorter words are parts of others. */
function wordsIn(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? []).filter((word) => word.length >= 4)
}
