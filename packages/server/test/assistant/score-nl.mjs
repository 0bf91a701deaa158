// Scores labelled prompts: node packages/server/test/assistant/score-nl.mjs [PROMPTS.jsonl [KNOWN-VALUES.json]]
// Prints right, honest and wrong for each shape, and every result that is not right. Exit status 1 when one is wrong.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

const [prompts, values] = process.argv.slice(2)
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', 'packages/server/test/assistant/score-prompts.test.ts', '-t', 'labelled'],
  {
    cwd: new URL('../../../..', import.meta.url),
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(prompts === undefined ? {} : { NL_PROMPTS: resolve(prompts) }),
      ...(values === undefined ? {} : { NL_VALUES: resolve(values) }),
    },
  },
)
process.exitCode = status ?? 1
