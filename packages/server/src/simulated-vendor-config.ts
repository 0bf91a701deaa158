import type { Environment, Reader } from './settings-reader.ts'
import { calmVendor, roughVendor, type SimulatedVendorSettings } from './vendor/simulated-vendor-settings.ts'

const prefix = 'SIMULATED_VENDOR_'

/** The variable of each setting. A setting without one does not compile. */
const variables: Readonly<Record<keyof SimulatedVendorSettings, string>> = {
  seed: 'SEED',
  successRate: 'SUCCESS_RATE',
  bounceRate: 'BOUNCE_RATE',
  minLatencyMs: 'MIN_LATENCY_MS',
  maxLatencyMs: 'MAX_LATENCY_MS',
  receiptEveryMs: 'RECEIPT_EVERY_MS',
  knowsKeys: 'KNOWS_KEYS',
  duplicateRate: 'DUPLICATE_RATE',
  earlyRate: 'EARLY_RATE',
  lateRate: 'LATE_RATE',
  lateByMs: 'LATE_BY_MS',
  contradictoryRate: 'CONTRADICTORY_RATE',
  lostRate: 'LOST_RATE',
  throttleRate: 'THROTTLE_RATE',
  retryAfterSeconds: 'RETRY_AFTER_SECONDS',
  brokenRate: 'BROKEN_RATE',
  silentBeforeRate: 'SILENT_BEFORE_RATE',
  silentAfterRate: 'SILENT_AFTER_RATE',
  silenceMs: 'SILENCE_MS',
}

const dayMs = 24 * 3_600_000

/**
 * How the simulated vendor behaves: a preset by `SIMULATED_VENDOR` (`calm`, which is also `on`, or `rough`), and every
 * single habit by a variable of its own, which wins over the preset. Null when it is off. A variable that begins as
 * these do and is none of them is refused: a misspelt rate would be taken for a calm vendor.
 */
export function readSimulatedVendor(
  read: Reader,
  env: Environment,
  usual: 'on' | 'off',
  refuse: (fault: string) => void,
): SimulatedVendorSettings | null {
  refuseUnknown(env, refuse)
  const preset = read.choice('SIMULATED_VENDOR', ['on', 'off', 'calm', 'rough'], usual)
  const vendor = readHabits(read, preset === 'rough' ? roughVendor : calmVendor)
  if (vendor.maxLatencyMs < vendor.minLatencyMs) {
    refuse('SIMULATED_VENDOR_MAX_LATENCY_MS must not be below SIMULATED_VENDOR_MIN_LATENCY_MS')
  }
  const { throttleRate, brokenRate, silentBeforeRate, silentAfterRate } = vendor
  // Rates have ten decimals at most; what lies beyond is how the machine adds.
  if (throttleRate + brokenRate + silentBeforeRate + silentAfterRate > 1 + 1e-9) {
    const names = ['THROTTLE', 'BROKEN', 'SILENT_BEFORE', 'SILENT_AFTER'].map((name) => `${prefix}${name}_RATE`)
    refuse(`${names.join(', ')} must not be more than 1 together: each request meets one of them at most`)
  }
  return preset === 'off' ? null : vendor
}

function readHabits(read: Reader, usual: SimulatedVendorSettings): SimulatedVendorSettings {
  const name = (setting: keyof SimulatedVendorSettings) => `${prefix}${variables[setting]}`
  const share = (setting: Rate) => read.share(name(setting), usual[setting])
  const whole = (setting: Whole, least: number, most: number, otherwise = usual[setting]) =>
    read.whole(name(setting), least, most, otherwise)
  const minLatencyMs = whole('minLatencyMs', 0, 3_600_000)
  return {
    seed: whole('seed', 0, 2_147_483_647),
    successRate: share('successRate'),
    bounceRate: share('bounceRate'),
    minLatencyMs,
    maxLatencyMs: whole('maxLatencyMs', 0, 3_600_000, Math.max(usual.maxLatencyMs, minLatencyMs)),
    receiptEveryMs: whole('receiptEveryMs', 1, 60_000),
    knowsKeys: read.flag(name('knowsKeys'), usual.knowsKeys),
    duplicateRate: share('duplicateRate'),
    earlyRate: share('earlyRate'),
    lateRate: share('lateRate'),
    lateByMs: whole('lateByMs', 0, 30 * dayMs),
    contradictoryRate: share('contradictoryRate'),
    lostRate: share('lostRate'),
    throttleRate: share('throttleRate'),
    retryAfterSeconds: whole('retryAfterSeconds', 0, 86_400),
    brokenRate: share('brokenRate'),
    silentBeforeRate: share('silentBeforeRate'),
    silentAfterRate: share('silentAfterRate'),
    silenceMs: whole('silenceMs', 0, 300_000),
  }
}

type Rate = Extract<keyof SimulatedVendorSettings, `${string}Rate`>
type Whole = Exclude<keyof SimulatedVendorSettings, Rate | 'knowsKeys'>

function refuseUnknown(env: Environment, refuse: (fault: string) => void): void {
  const known = new Set(Object.values(variables))
  for (const name of Object.keys(env)) {
    if (name.startsWith(prefix) && !known.has(name.slice(prefix.length)))
      refuse(`${name} is not a setting; the simulated vendor knows ${[...known].map((one) => prefix + one).join(', ')}`)
  }
}
