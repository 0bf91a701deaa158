import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { byChunks, insertRows } from '../database/insert-rows.ts'
import { momentMs } from '../world/moment.ts'
import type { AttributeValue, AttributeValues } from './attribute.ts'

/** The columns in which a customer's values are stored for rules: as they are, and with their texts folded. */
export function attributeColumns(values: AttributeValues): {
  readonly attributes: string
  readonly attributes_folded: string
} {
  const inOrder = Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))
  const foldedOf = (value: AttributeValue) => (typeof value === 'string' ? folded(value) : value)
  return {
    attributes: JSON.stringify(Object.fromEntries(inOrder)),
    attributes_folded: JSON.stringify(Object.fromEntries(inOrder.map(([name, value]) => [name, foldedOf(value)]))),
  }
}

/** Writes the index of these customers' values anew; to be called with whatever writes their columns. */
export async function indexAttributes(
  transaction: Knex,
  workspaceId: string,
  customers: readonly { readonly id: string; readonly attributes: AttributeValues }[],
  { isNew }: { readonly isNew: boolean },
): Promise<void> {
  if (!isNew) {
    const ids = customers.map(({ id }) => id)
    await byChunks(ids, async (chunk) => {
      await transaction('customer_attributes')
        .where({ workspace_id: workspaceId })
        .whereIn('customer_id', chunk)
        .delete()
      return []
    })
  }
  const rows = customers.flatMap(({ id, attributes }) =>
    Object.entries(attributes).map(([name, value]) => ({
      workspace_id: workspaceId,
      customer_id: id,
      name,
      value_key: valueKey(value),
      number_value: numberOf(value),
    })),
  )
  await insertRows(transaction, 'customer_attributes', rows)
}

/** What is compared as a number: amounts as they are, truths as 1 and 0, instants in the one form that they are stored in. */
function numberOf(value: AttributeValue): number | null {
  if (typeof value !== 'string') return Number(value)
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value) ? momentMs(value) : null
}

/** Equal for two values exactly when rules hold them to be equal. */
export function valueKey(value: AttributeValue): string {
  return typeof value === 'string' ? folded(value) : String(value)
}
