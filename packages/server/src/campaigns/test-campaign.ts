import { customerValues, samplePerson } from '@muster/delivery-core'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { sendTestToSelf } from '../deliveries/send-test.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import { populationOf } from '../segments/segment-parts.ts'
import type { CampaignParts } from './campaign-parts.ts'
import { checkText } from './check-text.ts'
import { requireCampaign } from './plan-campaign.ts'

/** Which text is tried, and through whose eyes. */
export interface TestOrder {
  /** Null: the campaign's own, where it has one. */
  readonly message: string | null
  /** Of a campaign with several texts; null: the first. */
  readonly variant: string | null
  /** Null: the customer who spent most of those it would go to, or somebody made up where there is none. */
  readonly customerId: string | null
}

/** A test on its way. */
export interface TestOnItsWay {
  readonly messageId: string
  readonly to: string
  readonly text: string
}

/**
 * Sends one of a campaign's texts to whoever asks, as a customer would read it. It goes to the user's own address and to
 * no other, is marked as a test, and counts in no figures.
 * @throws ProblemError when there is no text, or none that can be made
 */
export async function testCampaign(
  parts: CampaignParts,
  workspace: Workspace,
  id: string,
  user: { readonly id: string; readonly email: string },
  order: TestOrder,
): Promise<TestOnItsWay> {
  const campaign = await requireCampaign(parts, workspace.id, id)
  const written = campaign.split.variants.find(({ name }) => name === (order.variant ?? 'A'))?.message ?? null
  if (order.variant !== null && written === null) throw unusable('/variant', `There is no text ${order.variant}`)
  const message = order.message ?? written ?? campaign.message ?? campaign.description
  if (message === null) throw unusable('/message', 'This campaign has no text yet: please send one along')
  const reader = await readerOf(parts, workspace, campaign, order.customerId)
  const made = checkText(message, '/message', workspace.currency).render(customerValues(reader, workspace.currency))
  if (!made.ok) throw unusable('/message', made.reason)
  const { messageId, text } = await sendTestToSelf(parts, {
    workspaceId: workspace.id,
    currency: workspace.currency,
    user,
    text: made.text,
  })
  return { messageId, to: user.email, text }
}

async function readerOf(
  parts: CampaignParts,
  workspace: Workspace,
  { rule }: Awaited<ReturnType<typeof requireCampaign>>,
  customerId: string | null,
): Promise<typeof samplePerson> {
  if (customerId === null) {
    const population = await populationOf(parts, workspace)
    const [member] = await parts.audience.sample(population, rule, parts.world.nowMs(), 1)
    return member === undefined ? samplePerson : { ...member, spendingMinor: member.totalSpendingMinor }
  }
  const row: { name: string; email: string; total_spending_minor: number } | undefined = await parts
    .reads('customers')
    .where({ workspace_id: workspace.id, id: customerId })
    .first('name', 'email', 'total_spending_minor')
  if (row === undefined) throw new ProblemError('CUSTOMER_NOT_FOUND', 'There is no such customer')
  return { name: row.name, email: row.email, spendingMinor: Number(row.total_spending_minor) }
}

function unusable(path: string, message: string): ProblemError {
  return invalidInput([{ path, message }])
}
