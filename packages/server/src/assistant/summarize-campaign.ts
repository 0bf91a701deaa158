import { type Figure, type Told, tellFigures } from '@muster/nl-rules'
import type { CampaignStanding } from '../campaigns/read-campaigns.ts'
import { isoOf } from '../world/moment.ts'
import type { World } from '../world/world.ts'
import type { DailyAllowance } from './daily-allowance.ts'
import { deadlineOf } from './deadline.ts'
import { noteOn } from './model-words.ts'

/** What a summary is made with. */
export interface SummaryParts {
  readonly world: World
  readonly allowance: DailyAllowance
  /** One campaign of a workspace with the books of its run; rejects when there is no such campaign. */
  readonly standingOf: (workspaceId: string, campaignId: string) => Promise<CampaignStanding>
}

/** How a campaign went, in words around the ledger's figures. */
export interface CampaignSummary {
  readonly campaignId: string
  readonly summary: string
  /** The figures the words speak of, as of `measuredAt`. Rates are percent with one decimal; null where nothing ended. */
  readonly figures: CampaignFigures
  readonly measuredAt: string
  readonly source: Told['source']
  readonly note: string | null
}

export interface CampaignFigures {
  readonly audience: number
  readonly sent: number
  readonly delivered: number
  readonly failed: number
  readonly skipped: number
  readonly cancelled: number
  readonly pending: number
  /** Delivered, of those whose end is known. */
  readonly deliveryRate: number | null
}

/** Tells how a campaign went. The figures are the ledger's; a language model may write the prose around them. */
export async function summarizeCampaign(
  { world, allowance, standingOf }: SummaryParts,
  asker: { readonly workspaceId: string; readonly userId: string; readonly signal: AbortSignal },
  campaignId: string,
): Promise<CampaignSummary> {
  const standing = await standingOf(asker.workspaceId, campaignId)
  const measuredAt = isoOf(world.nowMs())
  const figures = figuresOf(standing)
  const findings = findingsOf(standing, figures)
  const plain = [findings.beginning, ...plainSentences(figures), ...findings.remarks].join(' ')
  const base = { campaignId, figures, measuredAt }
  // Before the launch there is no figure that a text could be about.
  if (standing.progress === null) return { ...base, summary: findings.beginning, source: 'composed', note: null }
  const told = await tellFigures(
    {
      subject: 'how a campaign of messages to customers of a shop goes',
      figures: namedFigures(figures),
      remarks: [findings.state, ...findings.remarks],
      plain,
    },
    { models: allowance.modelsFor(asker.userId), deadline: deadlineOf(world), signal: asker.signal },
  )
  // A name is the shop's own text: it stands before the prose and never reaches a model.
  const summary = told.source === 'composed' ? told.text : `${findings.beginning} ${told.text}`
  return { ...base, summary, source: told.source, note: noteOn(told, 'The text is composed instead.') }
}

function figuresOf({ progress }: CampaignStanding): CampaignFigures {
  const {
    PENDING = 0,
    DELIVERED = 0,
    FAILED = 0,
    BOUNCED = 0,
    SKIPPED = 0,
    CANCELLED = 0,
  } = progress?.byWireStatus ?? {}
  const failed = FAILED + BOUNCED
  const ended = DELIVERED + failed
  return {
    audience: progress?.audience ?? 0,
    sent: progress?.accepted ?? 0,
    delivered: DELIVERED,
    failed,
    skipped: SKIPPED,
    cancelled: CANCELLED,
    pending: PENDING,
    deliveryRate: ended === 0 ? null : Math.round((DELIVERED / ended) * 1_000) / 10,
  }
}

function findingsOf({ campaign, run }: CampaignStanding, figures: CampaignFigures) {
  const states: Readonly<Record<typeof campaign.status, string>> = {
    DRAFT: 'is a draft: nothing has been sent',
    ACTIVE: 'is being sent',
    PAUSED: 'is paused',
    COMPLETED: 'has been sent',
    CANCELLED: 'was cancelled',
  }
  const state = states[campaign.status]
  const remarks = [
    ...(run?.pauseReason ? [`It was paused by itself: ${run.pauseReason.replaceAll('_', ' ')}.`] : []),
    ...(figures.audience > 0 && figures.failed === 0 && figures.pending === 0 ? ['No message failed.'] : []),
    ...(figures.sent > figures.delivered + figures.failed ? ['Some receipts are still to come.'] : []),
  ]
  return { beginning: `The campaign "${campaign.name}" ${state}.`, state: `The campaign ${state}.`, remarks }
}

function plainSentences({
  audience,
  sent,
  delivered,
  failed,
  skipped,
  cancelled,
  pending,
  deliveryRate,
}: CampaignFigures) {
  const others = [
    ...(skipped > 0 ? [`${counted(skipped)} skipped`] : []),
    ...(cancelled > 0 ? [`${counted(cancelled)} cancelled`] : []),
    ...(pending > 0 ? [`${counted(pending)} still waiting`] : []),
  ]
  return [
    `Of ${counted(audience)} people in the audience, the vendor took ${counted(sent)} messages; ${counted(delivered)} were delivered and ${counted(failed)} failed.`,
    ...(others.length > 0 ? [`Of the rest, ${others.join(', ')}.`] : []),
    ...(deliveryRate === null ? [] : [`The delivery rate is ${percent(deliveryRate)} of those whose end is known.`]),
  ]
}

function namedFigures(figures: CampaignFigures): readonly [Figure, ...Figure[]] {
  const counts: readonly Figure[] = [
    { name: 'sent', means: 'messages that the vendor took', shown: counted(figures.sent) },
    { name: 'delivered', means: 'messages that arrived', shown: counted(figures.delivered) },
    { name: 'failed', means: 'messages that failed', shown: counted(figures.failed) },
    { name: 'skipped', means: 'people who were left out on purpose', shown: counted(figures.skipped) },
    { name: 'cancelled', means: 'messages that were cancelled', shown: counted(figures.cancelled) },
    { name: 'pending', means: 'messages that still wait', shown: counted(figures.pending) },
  ]
  const rate = figures.deliveryRate
  const audience: Figure = { name: 'audience', means: 'people in the audience', shown: counted(figures.audience) }
  return [
    audience,
    ...counts.filter(({ shown, name }) => shown !== '0' || name === 'failed' || name === 'delivered'),
    ...(rate === null
      ? []
      : [{ name: 'deliveryRate', means: 'share of ended messages that arrived, with its sign', shown: percent(rate) }]),
  ]
}

const numbers = new Intl.NumberFormat('en-US')

function counted(count: number): string {
  return numbers.format(count)
}

function percent(rate: number): string {
  return `${rate} %`
}
