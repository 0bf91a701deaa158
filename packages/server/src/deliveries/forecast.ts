import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { cappedCustomers } from './frequency-cap.ts'
import { controlVariant, type Division, slotOf, variantSql } from './shares.ts'

/** The database that is asked. */
type Asked = Pick<Database, 'knex' | 'dialect'>

/** Whose future is asked for. */
export interface ForecastOrder extends Division {
  readonly workspaceId: string
  readonly consentPolicy: 'opt-out' | 'opt-in'
  /** A query over `customers` without columns. */
  readonly members: Knex.QueryBuilder
  /** Set to foresee whom the workspace's cap would stop at this instant; it costs a look at what was sent lately. */
  readonly capAtMs?: number
}

/**
 * What the ledger would do with each member if the run were launched now, as a query with the columns `customer_id`,
 * `address`, `variant` and `exclusion`: the code under which somebody is left out, or null. The order of the branches is
 * the order in which the snapshot (`takeSnapshot`) and then the permit (`findObjections`) decide, so that everybody
 * stands in one place, before the launch and after it.
 */
export function forecast({ knex, dialect }: Asked, order: ForecastOrder): Knex.QueryBuilder {
  const { workspaceId, consentPolicy, shares, capAtMs } = order
  const control = shares.find(({ variant }) => variant === controlVariant)?.below ?? 0
  const people = order.members.clone().select({
    customer_id: 'customers.id',
    address: knex.raw(`nullif(lower(trim(customers.email_folded)), '')`),
    email_consent: 'customers.email_consent',
    slot: slotOf(knex, { dialect }, order),
  })
  const inTurn = knex
    .from(people.as('p'))
    .select('p.*', knex.raw('row_number() over (partition by p.address order by p.customer_id) as turn'))
  return knex
    .from(inTurn.as('a'))
    .leftJoin('suppressions as s', (join) =>
      join.on('s.address', 'a.address').andOn('s.workspace_id', knex.raw('?', [workspaceId])),
    )
    .modify((rows) => {
      if (capAtMs !== undefined)
        rows.leftJoin(cappedCustomers(knex, workspaceId, capAtMs).as('k'), 'k.customer_id', 'a.customer_id')
    })
    .select('a.customer_id', 'a.address', {
      variant: variantSql(knex, 'a.slot', shares),
      exclusion: knex.raw(
        `case when a.address is null then 'NO_ADDRESS'
          when a.turn > 1 then 'SAME_ADDRESS'
          when s.address is not null then 'OPTED_OUT'
          when a.email_consent is null and ? = 'opt-in' then 'CONSENT_MISSING'
          when not a.email_consent then 'CONSENT_REFUSED'
          when a.slot < ? then 'CONTROL_GROUP'
          ${capAtMs === undefined ? '' : "when k.customer_id is not null then 'FREQUENCY_CAP'"} end`,
        [consentPolicy, control],
      ),
    })
}

/**
 * The members as a launch takes them: `customer_id`, `address`, and, where they are divided, `variant`. The control
 * group is drawn from those alone to whom nothing else objects: otherwise it would hold people whom no text could reach.
 */
export function launchAudience(database: Asked, order: ForecastOrder): Knex.QueryBuilder {
  const { knex } = database
  if (order.shares.length === 0) {
    return order.members.clone().select({ customer_id: 'customers.id', address: 'customers.email_folded' })
  }
  if (!order.shares.some(({ variant }) => variant === controlVariant)) {
    const people = order.members
      .clone()
      .select({ customer_id: 'customers.id', address: 'customers.email_folded', slot: slotOf(knex, database, order) })
    return knex
      .from(people.as('p'))
      .select('p.customer_id', 'p.address', { variant: variantSql(knex, 'p.slot', order.shares) })
  }
  return knex.from(forecast(database, order).as('f')).select('f.customer_id', 'f.address', {
    variant: knex.raw(`case when f.variant <> ? or f.exclusion = 'CONTROL_GROUP' then f.variant end`, [controlVariant]),
  })
}
