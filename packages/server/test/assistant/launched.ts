import { expect, vi } from 'vitest'
import type { Client } from '../client.ts'

/** Makes a campaign, launches it and waits until it has completed and every receipt is in. Answers its id. `delivered`: how many of its
 * people can be reached, where that is not everybody. */
export async function launchAndFinish(
  user: Client,
  rules: object,
  message = 'Hello {name}',
  delivered?: number,
): Promise<string> {
  const draft = await user.post('/api/campaigns', { name: 'Campaign to everyone', rules })
  const id = draft.text('id')
  expect((await user.post(`/api/campaigns/${id}/launch`, { message })).status).toBe(200)
  const standing = async () => {
    const campaign = (await user.get(`/api/campaigns/${id}`)).at('data.campaign') as {
      status: string
      deliveryStats: { total: number; byStatus: { DELIVERED: number } }
    }
    const { total, byStatus } = campaign.deliveryStats
    return campaign.status === 'COMPLETED' && byStatus.DELIVERED === (delivered ?? total)
  }
  await vi.waitFor(async () => expect(await standing()).toBe(true), { timeout: 30_000, interval: 50 })
  return id
}
