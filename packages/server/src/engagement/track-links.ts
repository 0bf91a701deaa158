import type { Links } from './links.ts'

/** An address of the web in plain text. What closes a sentence or a bracket behind it is no part of it. */
const address = /\bhttps?:\/\/[^\s<>"'`{}|\\^]+/giu
const closing = /[.,:;!?)\]…»”’]+$/u

/** A text whose links lead through this server first. A link that does already, and what is no address, stays. */
export function trackLinks(text: string, messageId: string, links: Links, baseUrl: string): string {
  return text.replaceAll(address, (found) => {
    const [tail = ''] = closing.exec(found) ?? []
    const url = found.slice(0, found.length - tail.length)
    return URL.canParse(url) && !url.startsWith(`${baseUrl}/m/`) ? links.click(messageId, url) + tail : found
  })
}
