/** Would each package work for whoever installs it? Packs them and asks publint and are-the-types-wrong. */

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
let failed = false

for (const folder of readdirSync(`${root}packages`)) {
  const path = `${root}packages/${folder}`
  const { name } = JSON.parse(readFileSync(`${path}/package.json`, 'utf8'))
  // ESM only, on purpose: `require` of it works from Node 20.19 on, so the CommonJS verdicts do not apply.
  const checks = [
    ['publint', ['run', path, '--strict']],
    ['attw', ['--pack', path, '--profile', 'esm-only', '--format', 'ascii']],
  ]
  for (const [tool, args] of checks) {
    const { status, stdout, stderr } = spawnSync('npx', ['--no-install', tool, ...args], {
      cwd: root,
      encoding: 'utf8',
    })
    if (status === 0) continue
    failed = true
    process.stderr.write(`${name}: ${tool} is not content\n${stdout}${stderr}\n`)
  }
  process.stdout.write(`${name}: packed and looked at\n`)
}

process.exit(failed ? 1 : 0)
