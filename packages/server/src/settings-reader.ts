/** Variables by name, as in `process.env`. An empty one counts as absent. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Reads one variable each, with its default; what is wrong is told, and the default taken. */
export type Reader = ReturnType<typeof readerOf>

/** Readers over an environment. `refuse` is told every fault in one sentence. */
export function readerOf(env: Environment, refuse: (fault: string) => void) {
  const text = (name: string): string | undefined => env[name]?.trim() || undefined
  return {
    text,
    choice<Choice extends string>(name: string, choices: readonly Choice[], usual: Choice): Choice {
      const given = text(name) ?? usual
      const found = choices.find((choice) => choice === given)
      if (found === undefined) refuse(`${name} must be one of ${choices.join(', ')}, not "${given}"`)
      return found ?? usual
    },
    /** A short name: letters, digits, dots, hyphens and underscores. */
    word(name: string): string | undefined {
      const given = text(name)
      if (given !== undefined && !/^[\w.-]{1,64}$/.test(given))
        refuse(`${name} must have 1 to 64 letters, digits, dots, hyphens or underscores`)
      return given
    },
    flag(name: string, usual: boolean): boolean {
      const given = text(name)?.toLowerCase()
      if (given !== undefined && given !== 'on' && given !== 'off') refuse(`${name} must be on or off, not "${given}"`)
      return given === undefined ? usual : given === 'on'
    },
    whole(name: string, least: number, most: number, usual: number): number {
      const given = text(name)
      if (given === undefined) return usual
      const isFine = /^\d{1,12}$/.test(given) && Number(given) >= least && Number(given) <= most
      if (!isFine) refuse(`${name} must be a whole number from ${least} to ${most}, not "${given}"`)
      return isFine ? Number(given) : usual
    },
    share(name: string, usual: number): number {
      const given = text(name)
      if (given === undefined) return usual
      const isFine = /^\d(\.\d{1,10})?$/.test(given) && Number(given) <= 1
      if (!isFine) refuse(`${name} must be a number from 0 to 1, not "${given}"`)
      return isFine ? Number(given) : usual
    },
    secret: (name: string, isProduction: boolean) => readSecret(name, text(name), isProduction, refuse),
    /** The secret of this name and the one before it, `…_PREVIOUS`, in base64. */
    webhookSecrets(name: string, isProduction: boolean): readonly string[] {
      const [present, previous] = [text(name), text(`${name}_PREVIOUS`)]
      if (present === undefined && previous !== undefined) refuse(`${name}_PREVIOUS needs ${name} beside it`)
      return [
        ...(present === undefined ? [] : [readWebhookSecret(name, present, isProduction, refuse)]),
        ...(previous === undefined ? [] : [readWebhookSecret(`${name}_PREVIOUS`, previous, isProduction, refuse)]),
      ]
    },
    databaseUrl: (name: string, usual: string) => readDatabaseUrl(name, text(name) ?? usual, refuse),
    timeZone: (name: string, usual: string) => readTimeZone(name, text(name) ?? usual, refuse),
    webUrl(name: string): string | undefined {
      const given = text(name)
      if (given === undefined) return undefined
      if (!isWebUrl(given)) refuse(`${name} must be an address like https://vendor.example/api`)
      return given.replace(/\/+$/, '')
    },
    redisUrl(name: string): string | undefined {
      const given = text(name)
      const isFine = given === undefined || (/^rediss?:\/\/[^/]/.test(given) && URL.canParse(given))
      if (!isFine) refuse(`${name} must be redis://HOST:PORT or rediss://USER:PASSWORD@HOST:PORT/NUMBER`)
      return given
    },
    origins: (names: readonly string[], usual: string, isProduction: boolean) => {
      const name = names.find((each) => text(each) !== undefined)
      return readOrigins(name ?? names.join(' or '), (name && text(name)) ?? usual, isProduction, refuse)
    },
  }
}

const leastSecretBytes = 32

function readSecret(
  name: string,
  given: string | undefined,
  isProduction: boolean,
  refuse: (fault: string) => void,
): string {
  if (given === undefined) refuse(`${name} is missing`)
  else if (Buffer.byteLength(given) < leastSecretBytes) refuse(`${name} must have at least ${leastSecretBytes} bytes`)
  else if (isProduction && isGuessable(given))
    refuse(`${name} can be guessed: take one from \`openssl rand -base64 48\``)
  return given ?? ''
}

/** What the Standard Webhooks specification asks of a secret. */
const webhookSecretBytes = { least: 24, most: 64 }

function readWebhookSecret(
  name: string,
  given: string,
  isProduction: boolean,
  refuse: (fault: string) => void,
): string {
  const encoded = given.replace(/^whsec_/, '')
  const bytes = Buffer.from(encoded, 'base64')
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded)
  const { least, most } = webhookSecretBytes
  if (!isBase64 || bytes.length < least || bytes.length > most)
    refuse(`${name} must be ${least} to ${most} random bytes in base64, like the output of \`openssl rand -base64 32\``)
  else if (isProduction && new Set(bytes).size < 10)
    refuse(`${name} can be guessed: take one from \`openssl rand -base64 32\``)
  return encoded
}

/** Few different characters, or words that stand in examples. */
function isGuessable(secret: string): boolean {
  return (
    new Set(secret).size < 10 || /change.?me|secret|password|example|default|your[-_ ]|0123456789|abcdef/i.test(secret)
  )
}

function readDatabaseUrl(name: string, given: string, refuse: (fault: string) => void): string {
  const isFine = /^sqlite:.+/.test(given) || (/^mysql:\/\/[^/]+\/[^/?#]+$/.test(given) && URL.canParse(given))
  if (!isFine) refuse(`${name} must be sqlite:PATH or mysql://USER:PASSWORD@HOST:PORT/DATABASE`)
  return given
}

function readTimeZone(name: string, given: string, refuse: (fault: string) => void): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: given })
  } catch {
    refuse(`${name} must be the name of a time zone like Asia/Kolkata, not "${given}"`)
  }
  return given
}

function readOrigins(
  name: string,
  given: string,
  isProduction: boolean,
  refuse: (fault: string) => void,
): readonly [string, ...string[]] {
  const [first = '', ...others] = given
    .split(',')
    .map((part) => part.trim().replace(/\/+$/, ''))
    .filter((part) => part !== '')
  for (const origin of [first, ...others]) {
    if (!isWebUrl(origin) || new URL(origin).origin !== origin) {
      refuse(`${name} must list origins like https://crm.example, without paths and without *`)
    } else if (isProduction && !origin.startsWith('https://')) {
      refuse(`${name} must use https in production: tokens travel to these addresses`)
    }
  }
  return [first, ...others]
}

function isWebUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).username === ''
}
