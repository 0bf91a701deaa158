import type { GoogleConfig } from './accounts/google-provider.ts'
import { type Environment, type Reader, readerOf } from './settings-reader.ts'
import { readSimulatedVendor } from './simulated-vendor-config.ts'
import type { SimulatedVendorSettings } from './vendor/simulated-vendor-settings.ts'

/** Everything that can be set from outside, checked. Frozen. */
export interface Config {
  readonly environment: 'development' | 'production' | 'test'
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly databaseUrl: string
  /** The name of this installation; null: a file beside a SQLite database holds it, and on a server nothing does. */
  readonly instanceId: string | null
  readonly jwtSecret: string
  /** Still accepted while its tokens run out, after `jwtSecret` was exchanged; never signs. */
  readonly previousJwtSecret: string | null
  /** The pages that may call; the first one is where redirects lead. */
  readonly frontendUrls: readonly [string, ...string[]]
  readonly businessTimeZone: string
  /** What secrets are sealed with before they are stored; null: none can be stored, and webhooks are off. */
  readonly dataKey: string | null
  /** Whether webhooks may lead to private addresses, unencrypted: for tests and development. */
  readonly webhooksToPrivate: boolean
  /** Where customers reach this server; null: messages carry no links that lead back here. */
  readonly publicUrl: string | null
  readonly logLevel: string
  /** What a reader of `/metrics` has to send; null: it has to be on this machine. */
  readonly metricsToken: string | null
  readonly demoData: boolean
  /** Off for measurements only. */
  readonly rateLimits: boolean
  /** Proxies whose `X-Forwarded-For` is believed; 0: the address is the socket's. */
  readonly trustedProxyHops: number
  /** Launches to more people than this need a preview and a confirmation; null: none does. */
  readonly launchConfirmAbove: number | null
  /** Where servers count together; null: each counts by itself. */
  readonly redisUrl: string | null
  readonly sessions: SessionConfig
  /** Null: nobody logs in with Google. */
  readonly google: GoogleConfig | null
  /** A login without a password, for work on the client. */
  readonly developerLogin: boolean
  readonly vendor: VendorConfig
  readonly languageModels: LanguageModelsConfig
}

/** When sessions end by themselves. */
export interface SessionConfig {
  /** Without a request for so long. */
  readonly idleMs: number
  /** However often they are refreshed. */
  readonly longestMs: number
}

/** The language models that may be asked, in this order. Each is off (null) without a key. */
export interface LanguageModelsConfig {
  readonly anthropic: LanguageModelConfig | null
  readonly gemini: LanguageModelConfig | null
  /** The requests to them that one user may cause in a day. */
  readonly requestsPerUserAndDay: number
}

/** How one provider's language model is reached. */
export interface LanguageModelConfig {
  readonly apiKey: string
  readonly model: string
  /** Null: the provider's own address. */
  readonly baseUrl: string | null
}

/** Whom messages are handed to, and how fast. */
export interface VendorConfig {
  /** Null: this server's own simulated vendor. */
  readonly url: string | null
  readonly key: string
  /** What receipts may be signed with, in base64: the present secret and the one before it. None: they need the key. */
  readonly webhookSecrets: readonly string[]
  readonly ratePerSecond: number
  readonly concurrency: number
  /** The whole time that one request to the vendor may take. */
  readonly callTimeoutMs: number
  /** How long the vendor recognises an idempotency key; 0: it knows none, and nothing in doubt is ever sent again. */
  readonly keyHours: number
  /** How long after the first request a doubt may last before the message is shown as unconfirmed. */
  readonly doubtDeadlineMs: number
  /** Null: there is no simulated vendor. */
  readonly simulated: SimulatedVendorSettings | null
}

/** The settings, or everything that is wrong with them. Faults name variables, never the values of secrets. */
export type CheckedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Reads the settings from the environment; all faults at once. */
export function readConfig(env: Environment): CheckedConfig {
  const faults: string[] = []
  const read = readerOf(env, (fault) => faults.push(fault))
  const environment = read.choice('NODE_ENV', ['development', 'production', 'test'], 'development')
  const isProduction = environment === 'production'
  const config: Config = {
    environment,
    host: read.text('HOST') ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
    port: read.whole('PORT', 0, 65_535, 3001),
    databaseUrl: read.databaseUrl('DATABASE_URL', 'sqlite:data/muster.sqlite'),
    instanceId: read.word('MUSTER_INSTANCE_ID') ?? null,
    jwtSecret: read.secret('JWT_SECRET', isProduction),
    previousJwtSecret:
      read.text('JWT_PREVIOUS_SECRET') === undefined ? null : read.secret('JWT_PREVIOUS_SECRET', isProduction),
    frontendUrls: read.origins(['FRONTEND_URLS', 'FRONTEND_URL'], 'http://localhost:3000', isProduction),
    businessTimeZone: read.timeZone('BUSINESS_TIME_ZONE', 'UTC'),
    publicUrl: read.webUrl('PUBLIC_URL') ?? null,
    dataKey: read.text('DATA_KEY') === undefined ? null : read.secret('DATA_KEY', isProduction),
    webhooksToPrivate: read.flag('WEBHOOKS_TO_PRIVATE', false),
    logLevel: read.choice(
      'LOG_LEVEL',
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      isProduction ? 'info' : 'warn',
    ),
    metricsToken: read.text('METRICS_TOKEN') === undefined ? null : read.secret('METRICS_TOKEN', isProduction),
    demoData: read.flag('DEMO_DATA', !isProduction),
    rateLimits: read.flag('RATE_LIMITS', true),
    trustedProxyHops: read.whole('TRUSTED_PROXY_HOPS', 0, 5, 0),
    launchConfirmAbove: read.whole('LAUNCH_CONFIRM_ABOVE', 0, 1_000_000_000, 0) || null,
    redisUrl: read.redisUrl('REDIS_URL') ?? null,
    sessions: {
      idleMs: read.whole('SESSION_IDLE_HOURS', 1, 8_760, 7 * 24) * 3_600_000,
      longestMs: read.whole('SESSION_LONGEST_DAYS', 1, 365, 30) * 24 * 3_600_000,
    },
    google: readGoogle(read, isProduction, (fault) => faults.push(fault)),
    developerLogin: read.choice('BACKEND_DEV_TOKEN_FALLBACK', ['true', 'false'], 'false') === 'true',
    vendor: readVendor(read, env, isProduction, (fault) => faults.push(fault)),
    languageModels: {
      anthropic: readLanguageModel(read, 'ANTHROPIC', 'claude-haiku-5-5'),
      gemini: readLanguageModel(read, 'GEMINI', 'gemini-3.5-flash-lite'),
      requestsPerUserAndDay: read.whole('AI_REQUESTS_PER_USER_AND_DAY', 0, 100_000, 200),
    },
  }
  const { anthropic, gemini } = config.languageModels
  if (isProduction && [anthropic, gemini].some((model) => model?.baseUrl?.startsWith('http:'))) {
    faults.push('ANTHROPIC_BASE_URL and GEMINI_BASE_URL must use https in production: keys travel to them')
  }
  if (isProduction && config.publicUrl?.startsWith('http:')) faults.push('PUBLIC_URL must use https in production')
  if (isProduction && config.webhooksToPrivate) {
    faults.push('WEBHOOKS_TO_PRIVATE must be off in production: it lets users reach your network')
  }
  if (isProduction && config.demoData) faults.push('DEMO_DATA must be off in production: everybody knows its login')
  if (isProduction && config.developerLogin) {
    faults.push('BACKEND_DEV_TOKEN_FALLBACK must be false in production: it logs anybody in')
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config: freeze(config) }
}

/** All three settings, or none: a login that is half set up would fail for whoever tries it. */
function readGoogle(read: Reader, isProduction: boolean, refuse: (fault: string) => void): GoogleConfig | null {
  const given = {
    GOOGLE_CLIENT_ID: read.text('GOOGLE_CLIENT_ID'),
    GOOGLE_CLIENT_SECRET: read.text('GOOGLE_CLIENT_SECRET'),
    GOOGLE_REDIRECT_URI: read.webUrl('GOOGLE_REDIRECT_URI'),
  }
  const issuer = read.webUrl('GOOGLE_ISSUER') ?? null
  if (isProduction && issuer !== null) refuse('GOOGLE_ISSUER is for tests: in production only Google may be asked')
  const names = Object.keys(given).join(', ')
  const missing = Object.entries(given).filter(([, value]) => value === undefined)
  if (missing.length === 3) return null
  for (const [name] of missing) refuse(`${name} is missing: ${names} are set together or not at all`)
  const { GOOGLE_CLIENT_ID: clientId = '', GOOGLE_CLIENT_SECRET: clientSecret = '' } = given
  const redirectUri = given.GOOGLE_REDIRECT_URI ?? ''
  if (redirectUri !== '' && !redirectUri.endsWith('/api/auth/google/callback')) {
    refuse('GOOGLE_REDIRECT_URI must end with /api/auth/google/callback, where this server takes the answer')
  }
  if (isProduction && redirectUri.startsWith('http:')) refuse('GOOGLE_REDIRECT_URI must use https in production')
  return { clientId, clientSecret, redirectUri, hostedDomain: read.text('GOOGLE_HOSTED_DOMAIN') ?? null, issuer }
}

function readVendor(
  read: Reader,
  env: Environment,
  isProduction: boolean,
  refuse: (fault: string) => void,
): VendorConfig {
  const url = read.webUrl('VENDOR_URL') ?? null
  const simulated = readSimulatedVendor(read, env, url === null ? 'on' : 'off', refuse)
  if (url === null && simulated === null) refuse('VENDOR_URL is needed when SIMULATED_VENDOR is off')
  return {
    url,
    key: read.secret('VENDOR_KEY', isProduction),
    webhookSecrets: read.webhookSecrets('VENDOR_WEBHOOK_SECRET', isProduction),
    ratePerSecond: read.whole('VENDOR_RATE_PER_SECOND', 1, 100_000, 100),
    concurrency: read.whole('VENDOR_CONCURRENCY', 1, 1_000, 20),
    callTimeoutMs: read.whole('VENDOR_TIMEOUT_MS', 1_000, 120_000, 20_000),
    keyHours: read.whole('VENDOR_KEY_HOURS', 0, 8_760, 24),
    doubtDeadlineMs: read.whole('VENDOR_DOUBT_DEADLINE_MS', 1_000, 31_536_000_000, 23 * 3_600_000),
    simulated,
  }
}

function readLanguageModel(read: Reader, provider: 'ANTHROPIC' | 'GEMINI', usual: string): LanguageModelConfig | null {
  const apiKey = read.text(`${provider}_API_KEY`)
  const baseUrl = read.webUrl(`${provider}_BASE_URL`) ?? null
  const model = read.text(`${provider}_MODEL`) ?? usual
  return apiKey === undefined ? null : { apiKey, model, baseUrl }
}

function freeze(config: Config): Config {
  if (config.vendor.simulated !== null) Object.freeze(config.vendor.simulated)
  Object.freeze(config.vendor.webhookSecrets)
  Object.freeze(config.vendor)
  for (const part of Object.values(config.languageModels)) Object.freeze(part)
  Object.freeze(config.languageModels)
  Object.freeze(config.google)
  Object.freeze(config.sessions)
  Object.freeze(config.frontendUrls)
  return Object.freeze(config)
}
