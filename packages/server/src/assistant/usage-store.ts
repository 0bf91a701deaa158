import type { Knex } from 'knex'
import { isDuplicate } from '../database/in-transaction.ts'

/**
 * Counts one more question of a user on a day, unless `most` have been asked: then nothing is counted, and the answer
 * is false. Two servers that count at once cannot both have the last one.
 */
export async function takeQuestion(knex: Knex, userId: string, day: number, most: number): Promise<boolean> {
  if (most <= 0) return false
  const count = () =>
    knex('assistant_usage')
      .where({ user_id: userId, day })
      .where('questions', '<', most)
      .update({ questions: knex.raw('questions + 1') })
  if ((await count()) > 0) return true
  try {
    await knex('assistant_usage').insert({ user_id: userId, day, questions: 1 })
    return true
  } catch (error) {
    // There is a count for today: either it is used up, or another server has just begun it.
    if (!isDuplicate(error)) throw error
    return (await count()) > 0
  }
}

/** Forgets the counts of a user before a day: nobody asks for them. */
export async function forgetUsage(knex: Knex, userId: string, beforeDay: number): Promise<void> {
  await knex('assistant_usage').where({ user_id: userId }).where('day', '<', beforeDay).delete()
}
