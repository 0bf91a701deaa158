import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'dotenv'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { withDevelopmentSecrets } from '../src/development-secrets.ts'
import { calmVendor, roughVendor } from '../src/vendor/simulated-vendor-settings.ts'

const secrets = {
  JWT_SECRET: 'vZ8q1xR5tY3uW7oP9aS2dF4gH6jK0lMnBcQe',
  VENDOR_KEY: 'kT4wQ8zX1cV6bN3mL9pO7iU5yR2eW0aSdFgH',
}
const webhookSecret = 'p0T3uXnq5b2w1r8yL6c9Z4d7f0h3k6m9s2v5x8A1D4E='
const production = { NODE_ENV: 'production', FRONTEND_URL: 'https://crm.example', ...secrets }

describe('settings', () => {
  it('have defaults for everything but secrets', () => {
    const checked = readConfig(secrets)
    expect(checked).toEqual({
      ok: true,
      config: {
        environment: 'development',
        host: '127.0.0.1',
        port: 3001,
        databaseUrl: 'sqlite:data/muster.sqlite',
        instanceId: null,
        jwtSecret: secrets.JWT_SECRET,
        previousJwtSecret: null,
        frontendUrls: ['http://localhost:3000'],
        businessTimeZone: 'UTC',
        logLevel: 'warn',
        demoData: true,
        rateLimits: true,
        trustedProxyHops: 0,
        launchConfirmAbove: null,
        redisUrl: null,
        dataKey: null,
        metricsToken: null,
        publicUrl: null,
        webhooksToPrivate: false,
        sessions: { idleMs: 604_800_000, longestMs: 2_592_000_000 },
        google: null,
        developerLogin: false,
        vendor: {
          url: null,
          key: secrets.VENDOR_KEY,
          webhookSecrets: [],
          ratePerSecond: 100,
          concurrency: 20,
          callTimeoutMs: 20_000,
          keyHours: 24,
          doubtDeadlineMs: 82_800_000,
          simulated: calmVendor,
        },
        languageModels: { anthropic: null, gemini: null, requestsPerUserAndDay: 200 },
      },
    })
    if (checked.ok)
      expect([checked.config, checked.config.vendor, checked.config.frontendUrls].every(Object.isFrozen)).toBe(true)
  })

  it('that the example file shows are the defaults', () => {
    const example = parse(readFileSync(join(import.meta.dirname, '../../../.env.example')))
    expect(Object.keys(example).length).toBeGreaterThan(10)
    expect(readConfig({ ...secrets, ...example })).toEqual(readConfig(secrets))
  })

  it('take two webhook secrets while one is exchanged', () => {
    const both = { VENDOR_WEBHOOK_SECRET: `whsec_${webhookSecret}`, VENDOR_WEBHOOK_SECRET_PREVIOUS: webhookSecret }
    const checked = readConfig({ ...production, ...both, DEMO_DATA: 'off' })
    expect(checked.ok && checked.config.vendor.webhookSecrets).toEqual([webhookSecret, webhookSecret])
  })

  it('take a rough vendor, and single habits over it', () => {
    const more = { SIMULATED_VENDOR: 'rough', SIMULATED_VENDOR_LOST_RATE: '0.5', SIMULATED_VENDOR_KNOWS_KEYS: 'off' }
    const checked = readConfig({ ...secrets, ...more })
    expect(checked.ok && checked.config.vendor.simulated).toEqual({ ...roughVendor, lostRate: 0.5, knowsKeys: false })
    const real = readConfig({ ...secrets, VENDOR_URL: 'https://vendor.example' })
    expect(real.ok && real.config.vendor.simulated).toBe(null)
  })

  it('turn a language model on by its key alone', () => {
    const checked = readConfig({
      ...secrets,
      ANTHROPIC_API_KEY: 'key-a',
      GEMINI_MODEL: 'gemini-x',
      GEMINI_API_KEY: ' ',
    })
    expect(checked.ok && checked.config.languageModels).toEqual({
      anthropic: { apiKey: 'key-a', model: 'claude-haiku-5-5', baseUrl: null },
      gemini: null,
      requestsPerUserAndDay: 200,
    })
  })

  it('fault 81: give each language model its own key and its own address, whatever the other has', () => {
    const checked = readConfig({ ...secrets, ANTHROPIC_API_KEY: 'key-a', GEMINI_API_KEY: 'key-g' })
    expect(checked.ok && checked.config.languageModels).toMatchObject({
      anthropic: { apiKey: 'key-a', baseUrl: null },
      gemini: { apiKey: 'key-g', baseUrl: null },
    })
  })

  it('send the key of a language model over https in production, and never print it', () => {
    const model = { GEMINI_API_KEY: 'key-that-nobody-may-see', GEMINI_BASE_URL: 'http://proxy.example' }
    const checked = readConfig({ ...production, ...model, PORT: 'x' })
    expect(checked.ok ? [] : checked.faults).toContain(
      'ANTHROPIC_BASE_URL and GEMINI_BASE_URL must use https in production: keys travel to them',
    )
    expect(JSON.stringify(checked)).not.toContain('key-that-nobody-may-see')
    expect(readConfig({ ...secrets, ...model }).ok).toBe(true)
  })

  it('fault 72: list origins and redirect to the first', () => {
    const checked = readConfig({
      ...secrets,
      FRONTEND_URLS: ' https://a.example/ , https://b.example:8443',
      FRONTEND_URL: 'http://c.example',
    })
    expect(checked.ok && checked.config.frontendUrls).toEqual(['https://a.example', 'https://b.example:8443'])
  })

  it.each([
    ['no secret (fault 82)', { JWT_SECRET: undefined }, ['JWT_SECRET is missing']],
    ['a blank secret', { JWT_SECRET: '   ' }, ['JWT_SECRET is missing']],
    ['a short secret', { JWT_SECRET: 'hush-hush' }, ['JWT_SECRET must have at least 32 bytes']],
    ['fault 38: a short vendor key', { VENDOR_KEY: 'undefined' }, ['VENDOR_KEY must have at least 32 bytes']],
    ['a port that is none', { PORT: '80a' }, ['PORT must be a whole number from 0 to 65535, not "80a"']],
    ['a port beyond all', { PORT: '65536' }, ['PORT must be a whole number from 0 to 65535, not "65536"']],
    [
      'an unknown environment',
      { NODE_ENV: 'prod' },
      ['NODE_ENV must be one of development, production, test, not "prod"'],
    ],
    [
      'an unknown database',
      { DATABASE_URL: 'postgres://u:topsecret@h/d' },
      ['DATABASE_URL must be sqlite:PATH or mysql://USER:PASSWORD@HOST:PORT/DATABASE'],
    ],
    [
      'a database without a name',
      { DATABASE_URL: 'mysql://u:topsecret@h:3306/' },
      ['DATABASE_URL must be sqlite:PATH or mysql://USER:PASSWORD@HOST:PORT/DATABASE'],
    ],
    [
      'a time zone that is none',
      { BUSINESS_TIME_ZONE: 'Mars/Olympus' },
      ['BUSINESS_TIME_ZONE must be the name of a time zone like Asia/Kolkata, not "Mars/Olympus"'],
    ],
    [
      'any origin',
      { FRONTEND_URL: '*' },
      ['FRONTEND_URL must list origins like https://crm.example, without paths and without *'],
    ],
    [
      'an origin with a path',
      { FRONTEND_URL: 'https://crm.example/app' },
      ['FRONTEND_URL must list origins like https://crm.example, without paths and without *'],
    ],
    ['a switch that is neither', { DEMO_DATA: 'yes' }, ['DEMO_DATA must be on or off, not "yes"']],
    [
      'a share beyond all',
      { SIMULATED_VENDOR_SUCCESS_RATE: '1.1' },
      ['SIMULATED_VENDOR_SUCCESS_RATE must be a number from 0 to 1, not "1.1"'],
    ],
    [
      'latencies in the wrong order',
      { SIMULATED_VENDOR_MIN_LATENCY_MS: '5', SIMULATED_VENDOR_MAX_LATENCY_MS: '4' },
      ['SIMULATED_VENDOR_MAX_LATENCY_MS must not be below SIMULATED_VENDOR_MIN_LATENCY_MS'],
    ],
    [
      'half of Google',
      { GOOGLE_CLIENT_ID: 'id', GOOGLE_REDIRECT_URI: 'http://localhost:3001/api/auth/google/callback' },
      [
        'GOOGLE_CLIENT_SECRET is missing: GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_REDIRECT_URI are set together or not at all',
      ],
    ],
    [
      'a way back from Google that leads elsewhere',
      { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'hush', GOOGLE_REDIRECT_URI: 'http://localhost:3001/' },
      ['GOOGLE_REDIRECT_URI must end with /api/auth/google/callback, where this server takes the answer'],
    ],
    [
      'a Redis that is none',
      { REDIS_URL: 'http://:topsecret@localhost' },
      ['REDIS_URL must be redis://HOST:PORT or rediss://USER:PASSWORD@HOST:PORT/NUMBER'],
    ],
    [
      'sessions without an end',
      { SESSION_IDLE_HOURS: '0', SESSION_LONGEST_DAYS: '366' },
      [
        'SESSION_IDLE_HOURS must be a whole number from 1 to 8760, not "0"',
        'SESSION_LONGEST_DAYS must be a whole number from 1 to 365, not "366"',
      ],
    ],
    [
      'a rate of the simulated vendor that is misspelt',
      { SIMULATED_VENDOR_LOSS_RATE: '0.1' },
      [expect.stringMatching(/^SIMULATED_VENDOR_LOSS_RATE is not a setting; .*SIMULATED_VENDOR_LOST_RATE/)],
    ],
    [
      'more trouble than there are requests',
      { SIMULATED_VENDOR_THROTTLE_RATE: '0.6', SIMULATED_VENDOR_BROKEN_RATE: '0.5' },
      [expect.stringMatching(/^SIMULATED_VENDOR_THROTTLE_RATE, .* must not be more than 1 together/)],
    ],
    [
      'a preset that is none',
      { SIMULATED_VENDOR: 'wild' },
      ['SIMULATED_VENDOR must be one of on, off, calm, rough, not "wild"'],
    ],
    [
      'a wait beyond a day',
      { SIMULATED_VENDOR_RETRY_AFTER_SECONDS: '86401' },
      ['SIMULATED_VENDOR_RETRY_AFTER_SECONDS must be a whole number from 0 to 86400, not "86401"'],
    ],
    [
      'a webhook secret that is too short',
      { VENDOR_WEBHOOK_SECRET: 'whsec_c2hvcnQ=' },
      ['VENDOR_WEBHOOK_SECRET must be 24 to 64 random bytes in base64, like the output of `openssl rand -base64 32`'],
    ],
    [
      'an old webhook secret alone',
      { VENDOR_WEBHOOK_SECRET_PREVIOUS: `whsec_${webhookSecret}` },
      ['VENDOR_WEBHOOK_SECRET_PREVIOUS needs VENDOR_WEBHOOK_SECRET beside it'],
    ],
    [
      'a name of the installation that is none',
      { MUSTER_INSTANCE_ID: 'shop one' },
      ['MUSTER_INSTANCE_ID must have 1 to 64 letters, digits, dots, hyphens or underscores'],
    ],
    ['no vendor at all', { SIMULATED_VENDOR: 'off' }, ['VENDOR_URL is needed when SIMULATED_VENDOR is off']],
    [
      'a vendor without http',
      { VENDOR_URL: 'ftp://v.example' },
      ['VENDOR_URL must be an address like https://vendor.example/api'],
    ],
    [
      'a rate of nothing',
      { VENDOR_RATE_PER_SECOND: '0' },
      ['VENDOR_RATE_PER_SECOND must be a whole number from 1 to 100000, not "0"'],
    ],
    [
      'an unknown log level',
      { LOG_LEVEL: 'loud' },
      ['LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud"'],
    ],
    [
      'many faults, all at once',
      { PORT: '-1', JWT_SECRET: 'x', DEMO_DATA: '?' },
      [
        'PORT must be a whole number from 0 to 65535, not "-1"',
        'JWT_SECRET must have at least 32 bytes',
        'DEMO_DATA must be on or off, not "?"',
      ],
    ],
  ])('refuse %s', (_what, env, faults) => {
    expect(readConfig({ ...secrets, ...env })).toEqual({ ok: false, faults })
  })

  it.each([
    ['a secret of few characters', { JWT_SECRET: 'abababababababababababababababababab' }, 'JWT_SECRET can be guessed'],
    ['a secret from an example', { JWT_SECRET: 'please-change-me-before-going-live-x' }, 'JWT_SECRET can be guessed'],
    ['a page over http', { FRONTEND_URL: 'http://crm.example' }, 'FRONTEND_URL must use https in production'],
    ['the page of a developer', { FRONTEND_URL: undefined }, 'must use https in production'],
    [
      'the login of developers (fault 79)',
      { BACKEND_DEV_TOKEN_FALLBACK: 'true' },
      'BACKEND_DEV_TOKEN_FALLBACK must be',
    ],
    ['another provider than Google', { GOOGLE_ISSUER: 'https://id.example' }, 'GOOGLE_ISSUER is for tests'],
    [
      'a way back from Google over http',
      {
        GOOGLE_CLIENT_ID: 'id',
        GOOGLE_CLIENT_SECRET: 'hush',
        GOOGLE_REDIRECT_URI: 'http://crm.example/api/auth/google/callback',
      },
      'GOOGLE_REDIRECT_URI must use https in production',
    ],
    ['no secret', { JWT_SECRET: undefined }, 'JWT_SECRET is missing'],
    ['a short secret', { JWT_SECRET: 'aB3$xY9!' }, 'JWT_SECRET must have at least 32 bytes'],
    ['a previous secret that can be guessed', { JWT_PREVIOUS_SECRET: 'x'.repeat(40) }, 'JWT_PREVIOUS_SECRET can be'],
    ['no vendor key', { VENDOR_KEY: undefined }, 'VENDOR_KEY is missing'],
    [
      'a vendor key from an example',
      { VENDOR_KEY: 'your-vendor-key-0123456789-0123456789' },
      'VENDOR_KEY can be guessed',
    ],
    ['any page', { FRONTEND_URLS: 'https://crm.example,*' }, 'FRONTEND_URLS must list origins'],
    ['the demo login', { DEMO_DATA: 'on' }, 'DEMO_DATA must be off in production'],
  ])('refuse %s in production', (_what, env, fault) => {
    const checked = readConfig({ ...production, ...env })
    expect(checked.ok ? [] : checked.faults).toEqual([expect.stringContaining(fault)])
  })

  it('of production are fine when they are complete', () => {
    expect(readConfig(production)).toMatchObject({
      ok: true,
      config: { host: '0.0.0.0', logLevel: 'info', demoData: false },
    })
  })

  it('of development get their secrets once, for their owner only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
    const env = { DATABASE_URL: `sqlite:${folder}/new/muster.sqlite` }
    const made = withDevelopmentSecrets(env)
    expect(withDevelopmentSecrets(env)).toEqual(made)
    expect(made['JWT_SECRET']).toHaveLength(43)
    const file = `${folder}/new/development-secrets.json`
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ JWT_SECRET: made['JWT_SECRET'] })
    expect(withDevelopmentSecrets({ ...env, JWT_SECRET: 'own' })['JWT_SECRET']).toBe('own')
    expect(withDevelopmentSecrets({ NODE_ENV: 'production' })).toEqual({ NODE_ENV: 'production' })
  })
})

describe('a start with wrong settings', () => {
  it('fault 82: ends with 78 and one message that lists every fault, but no secret', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'muster-test-'))
    const env = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      PORT: 'x',
      JWT_SECRET: 'hush-hush',
      DATABASE_URL: 'mysql://u:topsecret@h',
    }
    const main = join(import.meta.dirname, '../dist/main.js')
    const { status, stderr, stdout } = spawnSync(process.execPath, [main], { cwd, env, encoding: 'utf8' })
    expect(status).toBe(78)
    expect(stdout).toBe('')
    expect(stderr.split('\n').slice(0, -1)).toEqual([
      'Muster cannot start:',
      '  - PORT must be a whole number from 0 to 65535, not "x"',
      '  - DATABASE_URL must be sqlite:PATH or mysql://USER:PASSWORD@HOST:PORT/DATABASE',
      '  - JWT_SECRET must have at least 32 bytes',
      '  - FRONTEND_URLS or FRONTEND_URL must use https in production: tokens travel to these addresses',
      '  - VENDOR_KEY is missing',
    ])
  })
})
