import type { LanguageModel } from '@muster/nl-rules'
import type { Knex } from 'knex'
import type { World } from '../world/world.ts'
import { forgetUsage, takeQuestion } from './usage-store.ts'

/** What each user may ask language models in a day. */
export interface DailyAllowance {
  /** The models for one user: each answers `LIMITED`, without being asked, once the user's requests are used up. */
  modelsFor(userId: string): readonly LanguageModel[]
}

const dayMs = 24 * 60 * 60_000

/**
 * Counts every question to a model, its repair included and whatever became of it, since each is paid for. Days are
 * those of UTC. The counts lie in the database: they outlive a restart, and all servers count together.
 */
export function createDailyAllowance(
  models: readonly LanguageModel[],
  requestsPerUserAndDay: number,
  { knex, world }: { readonly knex: Knex; readonly world: Pick<World, 'nowMs'> },
): DailyAllowance {
  const take = async (userId: string): Promise<boolean> => {
    const today = Math.floor(world.nowMs() / dayMs)
    await forgetUsage(knex, userId, today)
    return takeQuestion(knex, userId, today, requestsPerUserAndDay)
  }
  return {
    modelsFor: (userId) =>
      models.map(({ name, ask }) => ({
        name,
        ask: async (question, signal) =>
          (await take(userId)) ? ask(question, signal) : { ok: false, failure: 'LIMITED' },
      })),
  }
}
