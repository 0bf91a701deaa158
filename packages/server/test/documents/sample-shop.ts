import { connect } from '../../src/database/connect.ts'
import { sample } from '../../src/documents/samples.ts'
import { linkKey } from '../../src/engagement/link-key-store.ts'
import { createLinks } from '../../src/engagement/links.ts'
import { type Client, clientOf } from '../client.ts'
import { type OpenMuster, testPassword } from '../open-muster.ts'

/** A shop that has every sample thing, seen by its owner. */
export interface SampleShop {
  readonly owner: Client
  /** A text with the names of samples in it, with what this shop has in their places. */
  real(text: string): string
}

const tier = { name: sample.attribute, type: 'choice', choices: ['silver', 'gold'] }
const rules = { logic: 'AND', conditions: [{ field: 'totalSpending', operator: '>', value: 0 }] }
const later = '2099-01-01T00:00:00Z'

/** Fills a new workspace by the interface itself; only a vendor's refusal is written into the database. */
export async function openSampleShop(muster: OpenMuster): Promise<SampleShop> {
  const [owner, colleague, stranger] = [
    await muster.register('Mira Sen'),
    await muster.register('Colleague'),
    await muster.register('Stranger'),
  ]
  const asha = { email: 'asha@mail.example', name: 'Asha Rao', totalSpending: 120, visitCount: 2 }
  const customer = await made(owner, '/api/customers', asha, 'data.customer.id')
  const items = [{ productName: 'Tea', quantity: 1, price: 12.5 }]
  const order = { customerId: customer, items, total: 12.5, status: 'PENDING' }
  const invite = async (from: Client) => from.post('/api/workspace/invites', { role: 'marketer' })
  const welcome = (await invite(owner)).text('data.key')
  const joined = await colleague.post('/api/invites/accept', { key: welcome })
  if (joined.status !== 200) throw new Error('The colleague was not let in')
  const launchedCampaign = await launched(owner, 'Launched')
  await owner.post('/api/suppressions', { email: 'former@mail.example' })
  const hook = { url: 'https://hooks.shop.example/muster', events: ['message.failed'] }
  const webhook = await made(owner, '/api/webhooks', hook, 'data.webhook.id')
  const real: Readonly<Record<keyof typeof sample, string>> = {
    email: (await owner.get('/api/auth/me')).text('data.email'),
    password: testPassword,
    colleague: (await colleague.get('/api/auth/me')).text('data.id'),
    workspace: (await owner.get('/api/workspaces')).text('data.workspaces.0.id'),
    invite: (await invite(owner)).text('data.id'),
    inviteKey: (await invite(stranger)).text('data.key'),
    serviceToken: await made(owner, '/api/workspace/service-tokens', { name: 'Robot', role: 'viewer' }, 'data.id'),
    customer,
    attribute: await made(owner, '/api/workspace/attributes', tier, 'data.attribute.name'),
    order: await made(owner, '/api/orders', order, 'data.id'),
    segment: await made(owner, '/api/segments', { name: 'Spenders', rules }, 'data.segment.id'),
    campaign: await draft(owner, 'Draft'),
    launchedCampaign,
    pausedCampaign: await launched(owner, 'Paused'),
    failedCampaign: await launched(owner, 'Failed'),
    webhook,
    webhookEvent: (await owner.post(`/api/webhooks/${webhook}/test`)).text('data.eventId'),
    ...(await linksIn(muster.databaseUrl, owner, launchedCampaign)),
  }
  await owner.post(`/api/campaigns/${real.pausedCampaign}/pause`)
  await refuseMessages(muster.databaseUrl, real.failedCampaign)
  const places = Object.entries(sample)
  return {
    owner: clientOf(muster.origin, owner.token),
    real: (text) => places.reduce((done, [name, id]) => done.replaceAll(id, realOf(real, name)), text),
  }
}

function realOf(real: Readonly<Record<string, string>>, name: string): string {
  const id = real[name]
  if (id === undefined) throw new Error(`The shop has no ${name}`)
  return id
}

async function made(client: Client, path: string, body: unknown, at: string): Promise<string> {
  return (await client.post(path, body)).text(at)
}

function draft(owner: Client, name: string): Promise<string> {
  return made(owner, '/api/campaigns', { name, rules }, 'data.id')
}

async function launched(owner: Client, name: string): Promise<string> {
  const id = await draft(owner, name)
  const answer = await owner.post(`/api/campaigns/${id}/launch`, { message: 'Hello {name}', scheduleAt: later })
  if (answer.status !== 200) throw new Error(`The campaign was not launched: ${JSON.stringify(answer.body)}`)
  return id
}

/** The links that a message of this campaign carries. */
async function linksIn(databaseUrl: string, owner: Client, campaignId: string) {
  const message = (await owner.get(`/api/campaigns/${campaignId}`)).text('data.campaign.communicationLogs.0.id')
  const { knex } = await connect(databaseUrl)
  const links = createLinks('', await linkKey(knex))
  await knex.destroy()
  const target = 'https://shop.example'
  const partOf = (link: string, place: number) => (link.split('/')[place] ?? '').replace('.gif', '')
  return {
    message,
    openSignature: partOf(links.pixel(message), 4),
    clickSignature: partOf(links.click(message, target), 4),
    clickTarget: partOf(links.click(message, target), 5),
    unsubscribeSignature: partOf(links.unsubscribe(message), 4),
  }
}

async function refuseMessages(databaseUrl: string, campaignId: string): Promise<void> {
  const { knex } = await connect(databaseUrl)
  await knex('messages')
    .where({ campaign_id: campaignId })
    .update({ dispatch: 'REJECTED', failure_code: 'VENDOR_REFUSED' })
  await knex.destroy()
}
