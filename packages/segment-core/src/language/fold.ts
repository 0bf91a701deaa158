/** Two texts are equal without regard to case when these are: the same code points after NFC and lower case. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
