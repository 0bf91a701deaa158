import type { Database } from '../database/connect.ts'
import { suppressAddresses } from './suppress-addresses.ts'

/**
 * From the commit of this transaction on, nobody in this workspace writes to this address. `folded` is the address as
 * `folded()` makes it. The customer is locked, so that an intent to write to them comes wholly before or wholly after.
 */
export async function suppress(
  { knex, dialect }: Database,
  workspaceId: string,
  folded: string,
  reason: string,
  nowMs: number,
): Promise<void> {
  await knex.transaction(async (transaction) => {
    const customer = transaction('customers').where({ workspace_id: workspaceId, email_folded: folded }).select('id')
    await (dialect === 'sqlite' ? customer : customer.forUpdate())
    await suppressAddresses(transaction, [{ workspaceId, address: folded }], reason, nowMs)
  })
}
