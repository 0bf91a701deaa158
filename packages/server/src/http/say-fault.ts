import type { ErrorObject } from 'ajv'
import type { Fault } from '../problems/problem-error.ts'

/** A validator's finding in words that name the field, for people who fill in a form. */
export function faultOf({ instancePath, keyword, params, message }: ErrorObject): Fault {
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
    'time-of-day': 'must be a time of day like 21:00',
    'time-zone': 'must be the name of a time zone like Asia/Kolkata',
    cents: 'must have at most two decimals',
  }
  return words[String(format)] ?? 'is not in the expected form'
}
