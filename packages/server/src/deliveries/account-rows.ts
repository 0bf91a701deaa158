import type { Knex } from 'knex'

/** Until when each of these vendor accounts wants to be left alone. An account without a wish is not in the map. */
export async function closedAccounts(
  transaction: Knex.Transaction,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows: { account: string; closed_until_ms: number }[] = await transaction('vendor_accounts')
    .whereIn('account', [...new Set(accounts)])
    .whereNotNull('closed_until_ms')
    .select('account', 'closed_until_ms')
  return new Map(rows.map(({ account, closed_until_ms }) => [account, closed_until_ms]))
}

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
