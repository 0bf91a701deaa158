/**
 * Makes a clone ready to run: installs what the lockfile names and builds what changed.
 * Plain Node, since nothing is installed when it starts. Seconds when nothing is to be done.
 */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('.', import.meta.url))
const stampFile = `${root}node_modules/.muster-installed`

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Muster needs Node 20.19 or newer; this is ${process.versions.node}.`)
}

const wanted = stamp()
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== wanted) {
  say('Installing what Muster needs (a minute or two, the first time only) …')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stampFile, wanted)
}
run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-b'])

/** Changes with the lockfile, and with the Node version: native parts are compiled for one. */
function stamp() {
  return createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .update(process.versions.modules)
    .digest('hex')
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (error) fail(`${command} could not be started: ${error.message}`)
  if (status !== 0) fail(`\`${[command, ...args].join(' ')}\` failed.`)
}

function say(text) {
  process.stdout.write(`${text}\n`)
}

function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
