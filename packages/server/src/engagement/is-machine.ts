import { isbot } from 'isbot'

/** What fetched a link. */
export interface Visit {
  /** As the `User-Agent` header says. */
  readonly userAgent: string
  readonly atMs: number
  /** When the message was handed to the vendor; null when unknown. */
  readonly sentAtMs: number | null
}

/** Mail gateways look at a message while they take it; nobody reads that fast. */
const fastestReaderMs = 2_000

/** Proxies of mail providers that fetch what a message shows, read or not. Other crawlers are `isbot`'s to know. */
const mailProxies = /GoogleImageProxy|YahooMailProxy|ggpht|Proofpoint|Mimecast|Barracuda|SafeLinks|MailPrivacy/i

/**
 * Whether a machine opened a message rather than a person: it says so, is a mail provider's proxy (Apple's says
 * nothing but `Mozilla/5.0`), or came before anybody could have. The only file that knows `isbot`.
 */
export function isMachine({ userAgent, atMs, sentAtMs }: Visit): boolean {
  const agent = userAgent.trim()
  if (agent === '' || agent === 'Mozilla/5.0' || mailProxies.test(agent) || isbot(agent)) return true
  return sentAtMs !== null && atMs - sentAtMs < fastestReaderMs
}
