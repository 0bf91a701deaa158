import type { LanguageModel } from '@muster/nl-rules'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { createDailyAllowance } from '../../src/assistant/daily-allowance.ts'
import { connect, disconnect } from '../../src/database/connect.ts'
import { openMuster } from '../open-muster.ts'

const dayMs = 24 * 60 * 60_000
const question = { system: '', turns: [{ by: 'asker', text: '' }], schema: {} } as const

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`the daily allowance on ${database.title}`, () => {
    it('fault 107: is counted by all servers together, outlives a restart, and begins anew each day', async () => {
      const muster = await openMuster(database)
      const opened = await connect(muster.databaseUrl)
      try {
        const user = (await (await muster.register()).get('/api/auth/me')).text('data.id')
        let asked = 0
        const model: LanguageModel = {
          name: 'anthropic',
          ask: async () => {
            asked++
            return { ok: true, text: '' }
          },
        }
        let nowMs = 20_000 * dayMs
        const server = () => createDailyAllowance([model], 5, { knex: opened.knex, world: { nowMs: () => nowMs } })
        const ask = (times: number) =>
          Promise.all(
            Array.from({ length: times }, () =>
              server().modelsFor(user)[0]?.ask(question, new AbortController().signal),
            ),
          )
        const answers = await ask(20)
        expect(asked).toBe(5)
        expect(answers.filter((answer) => answer?.ok === false && answer.failure === 'LIMITED')).toHaveLength(15)
        nowMs += dayMs
        await ask(1)
        expect(asked).toBe(6)
      } finally {
        await disconnect(opened)
        await muster.stop()
      }
    })
  })
}
