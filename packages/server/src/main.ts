#!/usr/bin/env node
import './without-proto.ts'
import { setFlagsFromString } from 'node:v8'
import { config as readEnvFile } from 'dotenv'
import { nanoid } from 'nanoid'
import { pino } from 'pino'
import { type Config, readConfig } from './config.ts'
import { withDevelopmentSecrets } from './development-secrets.ts'
import { withoutValues } from './http/answer-problems.ts'
import { createMuster, type Muster } from './wiring.ts'
import type { World } from './world/world.ts'

/** What `sysexits.h` calls a configuration error. */
const configurationError = 78

// The garbage collector lets the heap grow by a quarter between its rounds instead of several times: sending a million
// messages then takes as much memory as sending ten thousand. What is alive is some 40 MB.
setFlagsFromString('--heap-growing-percent=25')

const world: World = {
  nowMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
  newId: () => nanoid(),
}

const fromFile: Record<string, string> = {}
readEnvFile({ quiet: true, processEnv: fromFile })
const checked = readConfig(withDevelopmentSecrets({ ...fromFile, ...process.env }))
if (checked.ok) await serve(checked.config)
else {
  process.stderr.write(`Muster cannot start:\n${checked.faults.map((fault) => `  - ${fault}\n`).join('')}`)
  process.exitCode = configurationError
}

async function serve(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, base: null })
  try {
    const muster = await createMuster(config, { world, log })
    stopOnSignals(muster)
    const { url } = await muster.start()
    const demo = await muster.demoLogin()
    process.stdout.write(`Muster serves at ${url}\n`)
    if (demo !== null) process.stdout.write(`Demo login: ${demo.email} with the password ${demo.password}\n`)
  } catch (error) {
    log.fatal({ failure: withoutValues(error) }, 'start failed')
    process.stderr.write(`Muster cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }

  function stopOnSignals(muster: Muster): void {
    let isStopping = false
    const stop = (exitCode: number) => {
      if (isStopping) process.exit(exitCode || 130)
      isStopping = true
      muster.stop().then(
        () => process.exit(exitCode),
        () => process.exit(1),
      )
    }
    process.on('SIGTERM', () => stop(0))
    process.on('SIGINT', () => stop(0))
    for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(fault, (error: unknown) => {
        log.fatal({ failure: withoutValues(error) }, 'stopping: the state is unknown')
        stop(1)
      })
    }
  }
}
