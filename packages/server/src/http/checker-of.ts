import type { SchemaObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { minorOf } from '../money/minor-units.ts'
import { type Fault, invalidInput } from '../problems/problem-error.ts'
import { momentMs } from '../world/moment.ts'
import { isMailAddress, isTimeZone, isWellFormed } from './formats.ts'
import type { Check } from './read-body.ts'
import { faultOf } from './say-fault.ts'

/** The most faults that one answer lists. */
const mostFaults = 50

/** Every answer of a check at the door, without throwing: for rows that are reported one by one. */
export type Inspect<Input> = (
  value: unknown,
) => { ok: true; value: Input } | { ok: false; faults: readonly [Fault, ...Fault[]] }

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
addFormats.default(ajv)
ajv.addFormat('mail-address', isMailAddress)
ajv.addFormat('text', (text) => isWellFormed(text))
ajv.addFormat('time-zone', isTimeZone)
ajv.addFormat('time-of-day', /^([01]\d|2[0-3]):[0-5]\d$/)
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

/** A check that shows what it checks by. */
export type Checker<Input> = Check<Input> & { readonly schema: SchemaObject }

/** A check of a JSON Schema (draft 2020-12) that reports every fault in words that name the field. */
export function checkerOf<Input>(schema: SchemaObject): Checker<Input> {
  const inspect = inspectorOf<Input>(schema)
  const check = (body: unknown) => {
    const answer = inspect(body)
    if (!answer.ok) throw invalidInput(answer.faults)
    return answer.value
  }
  return Object.assign(check, { schema })
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
