import type { Knex } from 'knex'
import type { Attribute } from '../attributes/attribute.ts'
import { holdAttributes } from '../attributes/attribute-store.ts'
import { readValues } from '../attributes/read-values.ts'
import { invalidInput } from '../problems/problem-error.ts'
import type { CustomerInput } from './customer.ts'
import type { CheckedRow } from './import-rows.ts'

/** What the workspace has declared, held until the transaction ends, where somebody is about to be given values. */
export async function attributesFor(
  transaction: Knex.Transaction,
  workspaceId: string,
  inputs: readonly CustomerInput[],
): Promise<readonly Attribute[]> {
  const isAsked = inputs.some(({ attributes = {} }) => Object.keys(attributes).length > 0)
  return isAsked ? holdAttributes(transaction, workspaceId) : []
}

/** The row with its values in their stored form, or what is wrong with them. */
export function withReadAttributes(row: CustomerInput, declared: readonly Attribute[]): CheckedRow<CustomerInput> {
  if (row.attributes === undefined) return { ok: true, value: row }
  const read = readValues(row.attributes, declared)
  return read.ok ? { ok: true, value: { ...row, attributes: read.values } } : read
}

/**
 * The input with its attributes' values in their stored form.
 * @throws ProblemError with everything that is wrong with them
 */
export async function readAttributes(
  transaction: Knex.Transaction,
  workspaceId: string,
  input: CustomerInput,
): Promise<CustomerInput> {
  const read = withReadAttributes(input, await attributesFor(transaction, workspaceId, [input]))
  if (read.ok) return read.value
  const [first, ...others] = read.faults
  if (first === undefined) throw new Error('Values were refused without saying why')
  throw invalidInput([first, ...others])
}
