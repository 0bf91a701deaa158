import type { Knex } from 'knex'

/** Leaves an account alone for all workers. A shorter wish does not shorten a longer one. */
export async function closeAccount(
  transaction: Knex.Transaction,
  account: string,
  untilMs: number,
  nowMs: number,
): Promise<void> {
  const changed = await transaction('vendor_accounts')
    .where({ account })
    .update({
      closed_until_ms: transaction.raw(
        'case when closed_until_ms is null or closed_until_ms < ? then ? else closed_until_ms end',
        [untilMs, untilMs],
      ),
      updated_at_ms: nowMs,
    })
  if (changed > 0) return
  await transaction('vendor_accounts')
    .insert({ account, closed_until_ms: untilMs, rates: null, updated_at_ms: nowMs })
    .onConflict('account')
    .merge({ closed_until_ms: untilMs, updated_at_ms: nowMs })
}
