/**
 * The main job from end to end, in the terminal: a shop is imported, an English sentence becomes an audience, a campaign
 * goes out, the server is killed in the middle and started again, and at the end every message is accounted for.
 * Exits with 1 when any figure does not add up.
 */

import { type ApiClient, registerAndLogIn } from '../api-client.ts'
import { importInBulk } from '../import-in-bulk.ts'
import { type MusterProcess, startMuster } from '../muster-process.ts'
import { balance, type VendorLedger } from './balance.ts'
import { type CampaignView, countFinished, followCampaign } from './follow-campaign.ts'
import { chapter, progressBar, say, table } from './screen.ts'
import { countByHand, question, shopRows, sizes } from './shop-rows.ts'

interface Translation {
  readonly rule: object | null
  readonly confident: boolean
  readonly sentence: string
  readonly notUnderstood: readonly { readonly text: string }[]
}

interface PreviewAnswer {
  readonly audienceSize: number
  readonly measuredAt: string
  readonly sentence: string
  readonly sampleCustomers: readonly { readonly name: string; readonly email: string; readonly totalSpending: number }[]
}

chapter('1  A server of our own')
const server = await startMuster({
  VENDOR_RATE_PER_SECOND: '40',
  VENDOR_TIMEOUT_MS: '4000',
  SIMULATED_VENDOR_MIN_LATENCY_MS: '100',
  SIMULATED_VENDOR_MAX_LATENCY_MS: '900',
})
try {
  say(`Muster serves ${server.apiUrl} on an empty database; its simulated vendor takes 40 messages a second.`)
  process.exitCode = (await tell(server)) ? 0 : 1
} finally {
  await server.stop()
}

/** The story; true when everything adds up. */
async function tell(muster: MusterProcess): Promise<boolean> {
  const api = await registerAndLogIn(muster.apiUrl, 'Demo shop')
  const rows = shopRows(Date.now())
  await importShop(api, rows)
  const { rule, expected } = await findAudience(api, rows)
  const { id, campaign } = await sendCampaign(api, muster, rule)
  chapter('6  What happened to every message')
  return account(expected, campaign, await api.get<VendorLedger>(`/vendor/simulated-ledger?campaignId=${id}`))
}

async function importShop(api: ApiClient, { customers, orders }: ReturnType<typeof shopRows>): Promise<void> {
  chapter('2  A shop is imported')
  for (const [kind, rows] of [['customers', customers] as const, ['orders', orders] as const]) {
    const bar = progressBar(`Importing ${kind}`, rows.length)
    const { created, rejected } = await importInBulk(api, kind, rows, (done) => bar.update(done))
    bar.end()
    if (created !== rows.length) throw new Error(`${rejected} of ${rows.length} ${kind} were rejected`)
  }
}

async function findAudience(
  api: ApiClient,
  rows: ReturnType<typeof shopRows>,
): Promise<{ rule: object; expected: number }> {
  chapter('3  A sentence becomes a rule')
  say(`“${question.sentence}”`)
  const { translation } = await api.post<{ translation: Translation }>('/ai/nl-to-rules', { prompt: question.sentence })
  const { rule, confident, sentence, notUnderstood } = translation
  if (rule === null || !confident)
    throw new Error(`Not understood: ${notUnderstood.map(({ text }) => text).join(', ')}`)
  say(`In the rule's own words: ${sentence}\n${JSON.stringify(rule)}`)
  chapter('4  How many, and who')
  const preview = await api.post<PreviewAnswer>('/campaigns/preview-audience', { rules: rule })
  const expected = countByHand(rows, Date.parse(preview.measuredAt))
  say(
    `${preview.audienceSize} of ${sizes.customers} customers; ${expected} when the rows are counted one by one. Among them:`,
  )
  table(
    ['name', 'e-mail', 'spent'],
    preview.sampleCustomers.map(({ name, email, totalSpending }) => [name, email, totalSpending.toFixed(2)]),
  )
  return { rule, expected }
}

async function sendCampaign(
  api: ApiClient,
  muster: MusterProcess,
  rule: object,
): Promise<{ id: string; campaign: CampaignView }> {
  chapter('5  The campaign goes out')
  const { id } = await api.post<{ id: string }>('/campaigns', { name: 'Thank you', rules: rule })
  const launched = await api.post<{ audienceSize: number; message: string }>(`/campaigns/${id}/launch`, {
    message: 'Hello {name}, thank you for being with us. You have spent {spending} so far; 10 % off your next order.',
  })
  say(launched.message)
  const look = async (label: string, until: (campaign: CampaignView) => boolean) => {
    const bar = progressBar(label, launched.audienceSize)
    const seen = await followCampaign(api, id, (campaign) => bar.update(countFinished(campaign)), until)
    bar.end()
    return seen
  }
  await look('Delivering', (campaign) => countFinished(campaign) >= campaign.deliveryStats.total * 0.4)
  await muster.kill()
  say('The server is killed in the middle (SIGKILL), and started again.')
  await muster.restart()
  const campaign = await look(
    'Delivering, again',
    (seen) => seen.status === 'COMPLETED' && countFinished(seen) === seen.deliveryStats.total,
  )
  return { id, campaign }
}

function account(expected: number, campaign: CampaignView, vendor: VendorLedger): boolean {
  const { byStatus, total } = campaign.deliveryStats
  table(
    ['status', 'messages', 'share'],
    Object.entries(byStatus)
      .filter(([, count]) => count > 0)
      .map(([status, count]) => [status, count, `${((count / total) * 100).toFixed(1)} %`]),
  )
  table(
    ['why not delivered', 'messages'],
    campaign.failures.map(({ code, count }) => [code, count]),
  )
  const checks = balance(expected, campaign, vendor)
  table(
    ['the books', 'is', 'must be', ''],
    checks.map(({ what, is, mustBe }) => [what, is, mustBe, is === mustBe ? 'fine' : 'WRONG']),
  )
  const isBalanced = checks.every(({ is, mustBe }) => is === mustBe)
  say(isBalanced ? 'Everything adds up.' : 'Something does not add up.')
  return isBalanced
}
