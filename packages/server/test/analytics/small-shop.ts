import { expect } from 'vitest'
import { connect } from '../../src/database/connect.ts'
import type { Client } from '../client.ts'
import type { OpenMuster } from '../open-muster.ts'

/** A shop in Kolkata whose figures can be added up by hand; it is noon there. */
export interface SmallShop {
  readonly client: Client
  readonly ids: Readonly<Record<'ann' | 'bob' | 'cy' | 'dee' | 'eve', string>>
  readonly oldCampaign: string
  readonly newCampaign: string
  readonly draft: string
  /** `YYYY-MM-DD` so many days ago, in Kolkata. */
  dateOf(daysAgo: number): string
}

const [dayMs, kolkataMs] = [86_400_000, 5.5 * 3_600_000]

/** Moves the program's clock to noon in Kolkata, which is in the afternoon nowhere but further east. */
export function moveToNoon(muster: OpenMuster): number {
  const noonMs = Math.ceil((Date.now() + kolkataMs) / dayMs) * dayMs + dayMs / 2 - kolkataMs
  muster.advance(noonMs - Date.now())
  return noonMs
}

export async function openSmallShop(muster: OpenMuster, noonMs: number): Promise<SmallShop> {
  const client = await muster.register('Small shop')
  const workspace = { name: 'Small shop', timeZone: 'Asia/Kolkata', currency: 'USD', consentPolicy: 'opt-out' }
  expect((await client.put('/api/workspace', workspace)).status).toBe(200)
  const ago = (days: number) => new Date(noonMs - days * dayMs).toISOString()

  const people = [
    { name: 'ann', totalSpending: 12_000, visitCount: 25, createdAt: ago(200), state: 'Kerala', country: 'India' },
    { name: 'bob', createdAt: ago(5), state: 'Goa', country: 'India' },
    { name: 'cy', createdAt: ago(40) },
    { name: 'dee', createdAt: ago(10), state: 'Kerala', country: 'India' },
    { name: 'eve', totalSpending: 15_000, visitCount: 10, lastVisit: ago(120), createdAt: ago(300), country: 'India' },
  ]
  const customers = people.map((person) => ({
    ...person,
    email: `${person.name}@mail.example`,
    externalId: person.name,
  }))
  const imported = await client.post('/api/customers/bulk', { customers })
  const ids = Object.fromEntries(people.map(({ name }, index) => [name, imported.text(`data.results.${index}.id`)]))

  const tea = (quantity: number, price = 10) => ({ productName: 'Tea', quantity, price })
  const kettle = { productName: 'Kettle', quantity: 1, price: 30 }
  const orders = [
    { customerExternalId: 'bob', createdAt: ago(2), status: 'COMPLETED', items: [tea(2), kettle] },
    { customerExternalId: 'bob', createdAt: ago(1), status: 'PENDING', items: [tea(1)] },
    { customerExternalId: 'cy', createdAt: ago(3), status: 'COMPLETED', items: [kettle] },
    { customerExternalId: 'cy', createdAt: ago(35), status: 'COMPLETED', items: [tea(4)] },
    { customerExternalId: 'dee', createdAt: ago(4), status: 'COMPLETED', total: 99.99 },
    { customerExternalId: 'cy', createdAt: ago(6), status: 'CANCELLED', items: [tea(1)] },
    { customerExternalId: 'bob', createdAt: ago(20), status: 'COMPLETED', items: [tea(1, 10.05)] },
    { customerExternalId: 'ann', createdAt: ago(400), status: 'COMPLETED', total: 7.77 },
    { customerExternalId: 'ann', createdAt: ago(2), status: 'COMPLETED', total: 5 },
  ]
  expect((await client.post('/api/orders/bulk', { orders })).number('data.created')).toBe(9)

  const rules = { everyone: true }
  const draftOf = async (name: string) => (await client.post('/api/campaigns', { name, rules })).text('id')
  const shop = {
    client,
    ids: ids as SmallShop['ids'],
    oldCampaign: await draftOf('Old'),
    newCampaign: await draftOf('New'),
    draft: await draftOf('Draft'),
    dateOf: (daysAgo: number) => new Date(noonMs + kolkataMs - daysAgo * dayMs).toISOString().slice(0, 10),
  }
  await writeRuns(muster, shop, noonMs)
  await client.delete(`/api/customers/${shop.ids.dee}`)
  return shop
}

/**
 * What the sending side would have left behind, written as it does, because outcomes of forty days ago can be neither
 * waited for nor asked of a vendor. The old campaign went on until three days ago.
 */
async function writeRuns(muster: OpenMuster, shop: SmallShop, noonMs: number): Promise<void> {
  const { knex } = await connect(muster.databaseUrl)
  const at = (daysAgo: number) => noonMs - daysAgo * dayMs
  const [{ workspace_id: workspaceId }] = await knex('campaigns').where({ id: shop.oldCampaign }).select('workspace_id')
  const write = async (campaignId: string, name: string, days: number, messages: readonly object[]) => {
    await knex('runs').insert({
      ...{
        id: `run-${campaignId}`.slice(0, 32),
        workspace_id: workspaceId,
        campaign_id: campaignId,
        campaign_name: name,
      },
      ...{
        campaign_name_folded: name.toLowerCase(),
        launch_key: campaignId,
        account: 'none',
        state: 'PAUSED',
        epoch: 1,
      },
      ...{
        template: 'Hello',
        currency: 'USD',
        audience: messages.length,
        deduplicated: 0,
        resent: 0,
        told_state: 'PAUSED',
      },
      ...{ heartbeat_at_ms: at(0), created_at_ms: at(days), updated_at_ms: at(days) },
    })
    await knex('messages').insert(
      messages.map((message, index) => ({
        ...{ id: `${campaignId}.${index}`, workspace_id: workspaceId, run_id: `run-${campaignId}`.slice(0, 32) },
        ...{ campaign_id: campaignId, customer_id: `nobody-${index}`, address: `${index}@mail.example`, generation: 1 },
        ...{ duplicates: 0, dispatch: 'ACCEPTED', delivery: 'none', token: 0, attempts: 1, has_positive: false },
        ...{
          has_negative: false,
          has_late_proof: false,
          created_at_ms: at(days),
          updated_at_ms: at(days),
          sent_at_ms: null,
        },
        ...{ failed_at_ms: null, delivered_at_ms: null, variant: null },
        ...message,
      })),
    )
    await knex('campaigns')
      .where({ id: campaignId })
      .update({ status: 'ACTIVE', launched_at_ms: at(days) })
  }
  const sent = (days: number, delivery: string) => ({
    sent_at_ms: at(days),
    delivery,
    ...(delivery === 'delivered' ? { delivered_at_ms: at(days) + 1_000 } : {}),
    ...(delivery === 'bounced' || delivery === 'failed' ? { failed_at_ms: at(days) + 1_000 } : {}),
  })
  await write(shop.oldCampaign, 'Old', 40, [
    sent(39, 'delivered'),
    sent(39, 'delivered'),
    sent(39, 'failed'),
    sent(3, 'delivered'),
    sent(3, 'none'),
    { dispatch: 'REJECTED', failed_at_ms: at(3) },
  ])
  await write(shop.newCampaign, 'New', 5, [
    { customer_id: shop.ids.bob, ...sent(5, 'delivered') },
    { customer_id: shop.ids.cy, ...sent(5, 'delivered') },
    { customer_id: shop.ids.dee, ...sent(5, 'bounced') },
    { customer_id: shop.ids.ann, dispatch: 'SUPPRESSED', variant: 'control' },
  ])
  await knex.destroy()
}
