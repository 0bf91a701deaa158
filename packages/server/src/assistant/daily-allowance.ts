import type { LanguageModel } from '@muster/nl-rules'
import type { World } from '../world/world.ts'

/** What each user may ask language models in a day. */
export interface DailyAllowance {
  /** The models for one user: each answers `LIMITED`, without being asked, once the user's requests are used up. */
  modelsFor(userId: string): readonly LanguageModel[]
}

const dayMs = 24 * 60 * 60_000

/**
 * Counts every question to a model, its repair included and whatever became of it, since each is paid for. Days are
 * those of UTC. The counts live in this process: a restart forgets them, and two servers each count their own.
 */
export function createDailyAllowance(
  models: readonly LanguageModel[],
  requestsPerUserAndDay: number,
  world: Pick<World, 'nowMs'>,
): DailyAllowance {
  let day = 0
  const used = new Map<string, number>()

  const take = (userId: string): boolean => {
    const today = Math.floor(world.nowMs() / dayMs)
    if (today !== day) used.clear()
    day = today
    const count = used.get(userId) ?? 0
    if (count >= requestsPerUserAndDay) return false
    used.set(userId, count + 1)
    return true
  }

  return {
    modelsFor: (userId) =>
      models.map(({ name, ask }) => ({
        name,
        ask: async (question, signal) => (take(userId) ? ask(question, signal) : { ok: false, failure: 'LIMITED' }),
      })),
  }
}
