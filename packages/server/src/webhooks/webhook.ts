/** What a workspace can be told of. */
export const eventKinds = [
  'campaign.launched',
  'campaign.paused',
  'campaign.resumed',
  'campaign.cancelled',
  'campaign.completed',
  'message.sent',
  'message.delivered',
  'message.failed',
  'message.bounced',
  'message.skipped',
  'message.opened',
  'message.clicked',
  'message.unsubscribed',
  'message.complained',
  'webhook.test',
] as const

export type EventKind = (typeof eventKinds)[number]

/** Something that happened, as it is told: ids, counts and reasons, never an address, a name or a text. */
export interface WebhookEvent {
  readonly workspaceId: string
  readonly kind: EventKind
  /** What it happened to, and where one thing can happen several times, which time: events of one kind differ in it. */
  readonly subject: string
  readonly occurredAtMs: number
  readonly data: Readonly<Record<string, string | number | boolean | null>>
}

/** Where events are sent to. */
export interface Endpoint {
  readonly id: string
  readonly workspaceId: string
  readonly url: string
  readonly kinds: readonly EventKind[]
  readonly isActive: boolean
  /** Why it was stopped without anybody asking: it answered that it is gone. */
  readonly stoppedBecause: string | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** How telling one event to one endpoint went. */
export interface WebhookDelivery {
  readonly eventId: string
  readonly kind: EventKind
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly attempts: number
  readonly dueAtMs: number | null
  readonly responseStatus: number | null
  readonly failure: string | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** The name of an event: the same for the same thing, so that it is told once and known again when it is told twice. */
export function eventIdOf({ kind, subject }: Pick<WebhookEvent, 'kind' | 'subject'>): string {
  return `${kind}.${subject}`
}
