import { type Progress, sayFailure } from '@muster/delivery-core'
import type { ListedMessage } from '../deliveries/run-store.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignStanding, campaignDetail } from './read-campaigns.ts'

/** A campaign as every answer shows it. */
export function campaignOnTheWire(campaign: Campaign) {
  return {
    id: campaign.id,
    name: campaign.name,
    description: campaign.description,
    rules: campaign.rules,
    audienceSize: campaign.audienceSize,
    audienceMeasuredAt: isoOf(campaign.audienceMeasuredAtMs),
    status: campaign.status,
    message: campaign.message,
    scheduledAt: isoOf(campaign.scheduledAtMs),
    expiresAt: isoOf(campaign.expiresAtMs),
    launchedAt: isoOf(campaign.launchedAtMs),
    completedAt: isoOf(campaign.completedAtMs),
    userId: campaign.createdBy,
    createdAt: isoOf(campaign.createdAtMs),
    updatedAt: isoOf(campaign.updatedAtMs),
  }
}

/** A row of the list: with how many messages there are and what became of them. */
export function campaignListItem({ campaign, progress }: CampaignStanding) {
  return {
    ...campaignOnTheWire(campaign),
    _count: { communicationLogs: progress?.audience ?? 0 },
    deliveryStats: deliveryStats(progress),
  }
}

/** One campaign with its books and its newest messages. */
export function campaignDetailOnTheWire(detail: Awaited<ReturnType<typeof campaignDetail>>) {
  return {
    ...campaignListItem(detail),
    pauseReason: detail.run?.pauseReason ?? null,
    failures: detail.failures,
    communicationLogs: detail.messages.map(messageOnTheWire),
  }
}

/** The answer to a launch: who will get it, and from when on. */
export function launchAnswer(campaign: Campaign) {
  const { audienceSize, scheduledAtMs, expiresAtMs } = campaign
  const whom = audienceSize === 1 ? '1 customer' : `${audienceSize} customers`
  const when = scheduledAtMs === null ? 'the sending has begun' : `the sending begins at ${isoOf(scheduledAtMs)}`
  const message = `Campaign launched to ${whom}; ${when}`
  return { audienceSize, message, scheduledAt: isoOf(scheduledAtMs), expiresAt: isoOf(expiresAtMs) }
}

/** `sent` counts what the vendor ever took: it does not shrink when receipts arrive. */
function deliveryStats(progress: Progress | null) {
  const { PENDING, SENT, DELIVERED, FAILED, BOUNCED, SKIPPED, CANCELLED } = progress?.byWireStatus ?? nothing
  return {
    total: progress?.audience ?? 0,
    sent: progress?.accepted ?? 0,
    delivered: DELIVERED,
    failed: FAILED + BOUNCED,
    byStatus: { PENDING, SENT, DELIVERED, FAILED, BOUNCED, SKIPPED, CANCELLED },
  }
}

const nothing: Progress['byWireStatus'] = {
  PENDING: 0,
  SENT: 0,
  DELIVERED: 0,
  FAILED: 0,
  BOUNCED: 0,
  SKIPPED: 0,
  CANCELLED: 0,
}

/** One message as lists and histories show it. */
export function messageOnTheWire(message: ListedMessage) {
  return {
    id: message.messageId,
    campaignId: message.campaignId,
    customerId: message.customerId,
    customer: message.customer,
    // Before the first attempt there is no text yet; the client prints what it finds.
    message: message.body ?? '',
    status: message.status,
    sentAt: isoOf(message.sentAtMs),
    deliveredAt: isoOf(message.deliveredAtMs),
    failedAt: isoOf(message.failedAtMs),
    errorCode: message.failureCode,
    errorMessage: message.failureReason ?? (message.failureCode && sayFailure(message.failureCode)),
    createdAt: isoOf(message.createdAtMs),
    updatedAt: isoOf(message.updatedAtMs),
  }
}

function isoOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
