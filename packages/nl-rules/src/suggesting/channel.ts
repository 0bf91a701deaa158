/** The ways on which a message travels. */
export const channels = ['email', 'sms', 'push'] as const
export type Channel = (typeof channels)[number]

/** The tones in which a message can be written. */
export const tones = ['friendly', 'professional', 'playful', 'urgent', 'warm'] as const
export type Tone = (typeof tones)[number]

/** What a placeholder is counted as: the length of what usually takes its place. */
const placeholderLength: Readonly<Record<string, number>> = { name: 20, email: 30, spending: 14 }
const anyPlaceholderLength = 20

/** An SMS of one part; and of two parts, where a character outside the SMS alphabet halves what a part holds. */
const longestSms = 160
const longestUnicodeSms = 134
/** What a locked screen shows. */
const longestPush = 150
/** What the message editor takes. */
const longestEmail = 1_000
/** Longer subjects are cut off in lists of mails. */
export const longestSubject = 60

/** How long a message may be on its channel. */
export function longestOn(channel: Channel, text: string): number {
  switch (channel) {
    case 'email':
      return longestEmail
    case 'push':
      return longestPush
    case 'sms':
      return isInSmsAlphabet(text) ? longestSms : longestUnicodeSms
  }
}

/** How long a message will be, with its placeholders filled in with values of usual length. */
export function lengthOf(text: string): number {
  const inserted = [...text.matchAll(placeholder)].map(
    ([found, name = '']) => (placeholderLength[name] ?? anyPlaceholderLength) - found.length,
  )
  return inserted.reduce((sum, more) => sum + more, text.length)
}

const placeholder = /\{\{?\s*([\w.]+)\s*\}\}?/g

/** The characters of the GSM alphabet that count once; those that count twice are taken for foreign ones. */
const smsAlphabet = /^[\w \n\r!"#$%&'()*+,\-./:;<=>?@£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà{}]*$/

function isInSmsAlphabet(text: string): boolean {
  return smsAlphabet.test(text)
}
