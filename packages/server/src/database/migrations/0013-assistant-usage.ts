import type { Migration } from './migration.ts'

/** How many questions each user has asked language models on a day (of UTC, counted from 1970). */
export const assistantUsage: Migration = {
  name: '0013-assistant-usage',
  up: async ({ createTable }) => {
    await createTable('assistant_usage', (table) => {
      table.string('user_id', 32).notNullable().references('users.id')
      table.integer('day').notNullable()
      table.integer('questions').notNullable()
      table.primary(['user_id', 'day'])
    })
  },
}
