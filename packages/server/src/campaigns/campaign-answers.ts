import { type Progress, sayFailure } from '@muster/delivery-core'
import type { ListedMessage } from '../deliveries/run-store.ts'
import type { Campaign } from './campaign.ts'
import type { Launched } from './launch-campaign.ts'
import type { CampaignStanding, campaignDetail } from './read-campaigns.ts'
import type { VariantStanding } from './read-messages.ts'
import type { Split } from './split.ts'

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
    variants: campaign.split.variants,
    controlPercent: campaign.split.controlPercent,
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
export function campaignListItem({ campaign, progress, isWaiting }: CampaignStanding) {
  return {
    ...campaignOnTheWire(campaign),
    isScheduled: isWaiting,
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

/** Where a campaign stands, for whoever watches it: figures alone, and nobody's name. */
export function progressOnTheWire({ campaign, run, progress, isWaiting }: CampaignStanding) {
  return {
    campaignId: campaign.id,
    status: campaign.status,
    isScheduled: isWaiting,
    scheduledAt: isoOf(campaign.scheduledAtMs),
    pauseReason: run?.pauseReason ?? null,
    ...deliveryStats(progress),
    finished: progress?.finished ?? 0,
    awaitingReceipt: progress?.awaitingReceipt ?? 0,
  }
}

/** How one text fares; the control group's row has neither text nor anything sent. */
export function variantOnTheWire({ variant, figures }: VariantStanding, { variants }: Split) {
  const text = variants.find(({ name }) => name === variant)
  const { PENDING, SENT, DELIVERED, FAILED, BOUNCED, SKIPPED, CANCELLED } = figures.byStatus
  return {
    variant,
    weight: text?.weight ?? null,
    message: text?.message ?? null,
    total: figures.total,
    sent: figures.sent,
    delivered: DELIVERED,
    failed: FAILED + BOUNCED,
    byStatus: { PENDING, SENT, DELIVERED, FAILED, BOUNCED, SKIPPED, CANCELLED },
  }
}

/** The answer to a move of the start. */
export function scheduleAnswer({ scheduledAtMs, status }: Campaign) {
  const when = scheduledAtMs === null ? 'The sending has begun' : `The sending begins at ${isoOf(scheduledAtMs)}`
  return { message: when, status, scheduledAt: isoOf(scheduledAtMs) }
}

/** The answer to a launch: who will get it, from when on, and how they changed since the preview. */
export function launchAnswer({ campaign, difference }: Launched) {
  const { audienceSize, scheduledAtMs, expiresAtMs } = campaign
  const whom = audienceSize === 1 ? '1 customer' : `${audienceSize} customers`
  const when = scheduledAtMs === null ? 'the sending has begun' : `the sending begins at ${isoOf(scheduledAtMs)}`
  const since = difference === null ? '' : `; ${difference.left} left and ${difference.joined} joined since the preview`
  const message = `Campaign launched to ${whom}; ${when}${since}`
  return { audienceSize, message, scheduledAt: isoOf(scheduledAtMs), expiresAt: isoOf(expiresAtMs), difference }
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
    variant: message.variant,
    status: message.status,
    attempts: message.attempts,
    isSuperseded: message.isSuperseded,
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
