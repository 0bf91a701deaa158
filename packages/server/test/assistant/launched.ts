import { expect } from 'vitest'
import type { Client } from '../client.ts'

/** Makes a campaign, launches it and waits until it has completed and every receipt is in. Answers its id. */
export async function launchAndFinish(user: Client, rules: object): Promise<string> {
  const draft = await user.post('/api/campaigns', { name: 'Campaign to everyone', rules })
  const id = draft.text('id')
  expect((await user.post(`/api/campaigns/${id}/launch`, { message: 'Hello {name}' })).status).toBe(200)
  const standing = async () => {
    const campaign = (await user.get(`/api/campaigns/${id}`)).at('data.campaign') as {
      status: string
      deliveryStats: { total: number; byStatus: { DELIVERED: number } }
    }
    const { total, byStatus } = campaign.deliveryStats
    return campaign.status === 'COMPLETED' && byStatus.DELIVERED === total
  }
  await expect.poll(standing, { timeout: 30_000, interval: 50 }).toBe(true)
  return id
}
