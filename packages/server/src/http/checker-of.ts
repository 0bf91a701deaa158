import { Ajv, type ErrorObject, type SchemaObject } from 'ajv'
import addFormats from 'ajv-formats'
import { minorOf } from '../money/minor-units.ts'
import { type Fault, invalidInput } from '../problems/problem-error.ts'
import { momentMs } from '../world/moment.ts'
import type { Check } from './read-body.ts'

/** The most faults that one answer lists. */
const mostFaults = 50

/** Every answer of a check at the door, without throwing: for rows that are reported one by one. */
export type Inspect<Input> = (
  value: unknown,
) => { ok: true; value: Input } | { ok: false; faults: readonly [Fault, ...Fault[]] }

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true })
addFormats.default(ajv)
ajv.addFormat('mail-address', isMailAddress)
ajv.addFormat('text', (text) => isWellFormed(text))
ajv.addFormat('time-zone', isTimeZone)
ajv.addFormat('moment', (text) => momentMs(text) !== null)
ajv.addFormat('cents', { type: 'number', validate: (amount) => minorOf(amount) !== null })
ajv.addKeyword({
  keyword: 'trimmed',
  type: 'string',
  schemaType: 'boolean',
  before: 'maxLength',
  modifying: true,
  errors: false,
  validate: trim,
})

/** A check of a JSON Schema that reports every fault in words that name the field. */
export function checkerOf<Input>(schema: SchemaObject): Check<Input> {
  const inspect = inspectorOf<Input>(schema)
  return (body) => {
    const answer = inspect(body)
    if (!answer.ok) throw invalidInput(answer.faults)
    return answer.value
  }
}

/** As `checkerOf`, answering instead of throwing. */
export function inspectorOf<Input>(schema: SchemaObject): Inspect<Input> {
  const validate = ajv.compile<Input>(schema)
  return (value) => {
    if (value === undefined) return { ok: false, faults: [{ path: '', message: 'Please send a JSON body' }] }
    if (validate(value)) return { ok: true, value }
    const [first, ...others] = (validate.errors ?? []).map(faultOf)
    if (first === undefined) throw new Error('A validator refused a value without saying why')
    return { ok: false, faults: [first, ...others.slice(0, mostFaults - 1)] }
  }
}

function faultOf({ instancePath, keyword, params, message }: ErrorObject): Fault {
  const inner: unknown = keyword === 'required' ? params['missingProperty'] : params['additionalProperty']
  const path =
    typeof inner === 'string' ? `${instancePath}/${inner.replaceAll('~', '~0').replaceAll('/', '~1')}` : instancePath
  return { path, message: `${nameOf(path)} ${sayFault(keyword, params) ?? message ?? 'is not valid'}` }
}

/** `/items/0/price` reads as `"price" of item 1 in "items"`. */
function nameOf(path: string): string {
  if (path === '') return 'The body'
  const [field = '', ...outer] = path.slice(1).split('/').reverse()
  if (/^\d+$/.test(field)) return `entry ${Number(field) + 1} of "${outer.reverse().join('.')}"`
  const [row, ...list] = outer
  return row !== undefined && /^\d+$/.test(row)
    ? `"${field}" of entry ${Number(row) + 1} of "${list.reverse().join('.')}"`
    : `"${field}"`
}

function sayFault(keyword: string, params: Readonly<Record<string, unknown>>): string | null {
  const limit = Number(params['limit'])
  switch (keyword) {
    case 'required':
      return 'is required'
    case 'additionalProperties':
      return 'is not a known field'
    case 'type':
      return `must be ${sayType(params['type'])}`
    case 'minLength':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`
    case 'maxLength':
      return `must have at most ${limit} characters`
    case 'minItems':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} entries`
    case 'maxItems':
      return `must have at most ${limit} entries`
    case 'minimum':
      return `must be at least ${limit}`
    case 'maximum':
      return `must be at most ${limit}`
    case 'enum':
      return `must be one of ${[params['allowedValues']]
        .flat()
        .filter((value) => value !== null)
        .join(', ')}`
    case 'format':
      return sayFormat(params['format'])
    case 'pattern':
      return 'is not in the expected form'
    default:
      return null
  }
}

function sayType(type: unknown): string {
  const words: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    null: 'null',
  }
  return [type]
    .flat()
    .map((name) => words[String(name)] ?? String(name))
    .join(' or ')
}

function sayFormat(format: unknown): string {
  const words: Readonly<Record<string, string>> = {
    'mail-address': 'must be a valid e-mail address',
    text: 'contains characters that are not text',
    date: 'must be a day like 2026-01-31',
    moment: 'must be a day like 2026-01-31 or a time like 2026-01-31T10:00:00Z',
    'time-zone': 'must be the name of a time zone like Asia/Kolkata',
    cents: 'must have at most two decimals',
  }
  return words[String(format)] ?? 'is not in the expected form'
}

/**
 * An address that mail can be sent to: no blanks or control characters, one @, a domain of labels.
 * Longer than 254 code points, also when folded, is refused. `localhost` is a domain too.
 */
function isMailAddress(text: string): boolean {
  const folded = text.normalize('NFC').toLowerCase()
  return (
    [...text].length <= 254 &&
    [...folded].length <= 254 &&
    /^[^\s@"(),:;<>[\]\\\p{C}.]+(\.[^\s@"(),:;<>[\]\\\p{C}.]+)*@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*$/u.test(text) &&
    /^.{1,64}@(localhost|.+\..+)$/u.test(text)
  )
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Lone surrogates and NUL are no text: databases refuse or change them. */
function isWellFormed(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text)
}

function trim(
  _schema: unknown,
  data: string,
  _parent: unknown,
  context?: { parentData: unknown; parentDataProperty: string | number },
): boolean {
  const owner = context?.parentData
  if (typeof owner === 'object' && owner !== null && context !== undefined)
    Reflect.set(owner, context.parentDataProperty, data.trim())
  return true
}
