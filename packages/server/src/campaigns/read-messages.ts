import type { WireStatus } from '@muster/delivery-core'
import type { Key } from '../database/keyset.ts'
import type { ListedMessage } from '../deliveries/run-store.ts'
import { countMatching, type MessageFilter, messageKey, searchMessages } from '../deliveries/search-messages.ts'
import { type ExportFormat, type ExportRow, exportText } from '../exports/export-text.ts'
import { isoOf } from '../world/moment.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { requireCampaign } from './plan-campaign.ts'

/** One page of a campaign's messages, and what stands beside it. */
export interface MessagePage {
  readonly messages: readonly ListedMessage[]
  readonly total: number
  /** Why messages did not arrive, over the whole campaign. */
  readonly reasons: readonly { readonly code: string; readonly count: number }[]
}

const columns = [
  'id',
  'customerId',
  'name',
  'email',
  'variant',
  'status',
  'attempts',
  'sentAt',
  'deliveredAt',
  'failedAt',
  'errorCode',
  'errorMessage',
  'createdAt',
  'updatedAt',
]

const rowsAtOnce = 500

/** A page of the messages that a filter leaves, newest first. A draft has none. */
export async function messagePage(
  parts: CampaignParts,
  workspaceId: string,
  campaignId: string,
  filter: MessageFilter,
  page: { readonly after: Key | null; readonly limit: number; readonly offset: number },
): Promise<MessagePage> {
  const run = await runOf(parts, workspaceId, campaignId)
  if (run === null) return { messages: [], total: 0, reasons: [] }
  const messages = await searchMessages(parts.reads, run, filter, page)
  const [total, reasons] = await Promise.all([
    countMatching(parts.reads, run, filter),
    parts.runs.failures(workspaceId, run.runId),
  ])
  return { messages, total, reasons }
}

/** The same as text, all of them, piece by piece. */
export async function exportMessages(
  parts: CampaignParts,
  workspaceId: string,
  campaignId: string,
  filter: MessageFilter,
  format: ExportFormat,
): Promise<AsyncGenerator<string>> {
  const run = await runOf(parts, workspaceId, campaignId)
  return exportText(format, columns, messagesAfter(parts, run, filter))
}

async function* messagesAfter(
  { reads }: CampaignParts,
  run: Awaited<ReturnType<typeof runOf>>,
  filter: MessageFilter,
): AsyncGenerator<readonly ExportRow[]> {
  if (run === null) return
  for (let after: Key | null = null; ; ) {
    const messages: readonly ListedMessage[] = await searchMessages(reads, run, filter, {
      after,
      limit: rowsAtOnce,
      offset: 0,
    })
    yield messages.map(rowOf)
    const last = messages.at(-1)
    if (last === undefined || messages.length < rowsAtOnce) return
    after = messageKey(last)
  }
}

function rowOf(message: ListedMessage): ExportRow {
  return {
    id: message.messageId,
    customerId: message.customerId,
    name: message.customer?.name ?? '',
    email: message.customer?.email ?? '',
    variant: message.variant,
    status: message.status,
    attempts: message.attempts,
    sentAt: isoOf(message.sentAtMs),
    deliveredAt: isoOf(message.deliveredAtMs),
    failedAt: isoOf(message.failedAtMs),
    errorCode: message.failureCode,
    errorMessage: message.failureReason,
    createdAt: isoOf(message.createdAtMs),
    updatedAt: isoOf(message.updatedAtMs),
  }
}

async function runOf(parts: CampaignParts, workspaceId: string, campaignId: string) {
  await requireCampaign(parts, workspaceId, campaignId)
  const [run] = await parts.runs.ofCampaigns(workspaceId, [campaignId])
  return run === undefined ? null : { campaignId, runId: run.runId }
}

/** How the messages of each text fare. */
export interface VariantStanding {
  readonly variant: string | null
  readonly figures: {
    readonly total: number
    readonly sent: number
    readonly byStatus: Readonly<Record<WireStatus, number>>
  }
}

/** A campaign's figures for each text by itself, the control group's too; in the order of their names. */
export async function variantStandings(
  parts: CampaignParts,
  workspaceId: string,
  campaignId: string,
): Promise<readonly VariantStanding[]> {
  const run = await runOf(parts, workspaceId, campaignId)
  if (run === null) return []
  const books = await parts.runs.progressOfVariants(workspaceId, run.runId)
  return [...books]
    .map(([variant, { audience, accepted, byWireStatus }]) => ({
      variant,
      figures: { total: audience, sent: accepted, byStatus: byWireStatus },
    }))
    .sort((one, other) => ((one.variant ?? '') < (other.variant ?? '') ? -1 : 1))
}
