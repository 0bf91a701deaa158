import type { Knex } from 'knex'
import { attributeColumns } from '../attributes/index-values.ts'
import { folded } from '../database/folded.ts'
import { byChunks } from '../database/insert-rows.ts'
import type { Customer, CustomerFacts, Opening } from './customer.ts'

/** A row of `customers`, as drivers answer it. */
export interface CustomerRow {
  readonly id: string
  readonly external_id: string | null
  readonly email: string
  readonly name: string
  readonly phone: string | null
  readonly city: string | null
  readonly state: string | null
  readonly country: string | null
  readonly gender: string | null
  readonly birthday: string | null
  readonly email_consent: number | boolean | null
  readonly consent_source: string | null
  readonly consent_at_ms: number | null
  readonly opening_spending_minor: number
  readonly opening_visits: number
  readonly opening_last_visit_at_ms: number | null
  readonly total_spending_minor: number
  readonly order_count: number
  readonly visit_count: number
  readonly last_visit_at_ms: number | null
  readonly attributes: string
  readonly created_at_ms: number
  readonly updated_at_ms: number
}

/** The customers of these rows, in their order, with their tags. */
export async function customersOf(
  knex: Knex,
  workspaceId: string,
  rows: readonly CustomerRow[],
): Promise<readonly Customer[]> {
  const ids = rows.map(({ id }) => id)
  const tagRows = await byChunks<string, { customer_id: string; tag: string }>(ids, (chunk) =>
    knex('customer_tags')
      .where({ workspace_id: workspaceId })
      .whereIn('customer_id', chunk)
      .orderBy('tag_folded')
      .select('customer_id', 'tag'),
  )
  const tags = new Map(ids.map((id): [string, string[]] => [id, []]))
  for (const { customer_id, tag } of tagRows) tags.get(customer_id)?.push(tag)
  return rows.map((row) => customerOf(row, tags.get(row.id) ?? []))
}

/** The columns of what is said about a customer, folded texts included. */
export function columnsOf(customer: CustomerFacts & Opening): Readonly<Record<string, unknown>> {
  return {
    external_id: customer.externalId,
    email: customer.email,
    email_folded: folded(customer.email),
    name: customer.name,
    name_folded: folded(customer.name),
    phone: customer.phone,
    phone_folded: folded(customer.phone),
    city: customer.city,
    city_folded: folded(customer.city),
    state: customer.state,
    state_folded: folded(customer.state),
    country: customer.country,
    country_folded: folded(customer.country),
    gender: customer.gender,
    birthday: customer.birthday,
    email_consent: customer.emailConsent,
    consent_source: customer.consentSource,
    consent_at_ms: customer.consentAtMs,
    opening_spending_minor: customer.openingSpendingMinor,
    opening_visits: customer.openingVisits,
    opening_last_visit_at_ms: customer.openingLastVisitAtMs,
    ...attributeColumns(customer.attributes),
  }
}

/** Drivers answer BIGINT as a number or a text, and truth as 0 or 1. */
function customerOf(row: CustomerRow, tags: readonly string[]): Customer {
  return {
    id: row.id,
    externalId: row.external_id,
    email: row.email,
    name: row.name,
    phone: row.phone,
    city: row.city,
    state: row.state,
    country: row.country,
    gender: row.gender,
    birthday: row.birthday,
    tags,
    emailConsent: row.email_consent === null ? null : Boolean(row.email_consent),
    consentSource: row.consent_source,
    consentAtMs: numberOrNull(row.consent_at_ms),
    attributes: JSON.parse(row.attributes),
    openingSpendingMinor: Number(row.opening_spending_minor),
    openingVisits: Number(row.opening_visits),
    openingLastVisitAtMs: numberOrNull(row.opening_last_visit_at_ms),
    totalSpendingMinor: Number(row.total_spending_minor),
    orderCount: Number(row.order_count),
    visitCount: Number(row.visit_count),
    lastVisitAtMs: numberOrNull(row.last_visit_at_ms),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  }
}

function numberOrNull(value: number | null): number | null {
  return value === null ? null : Number(value)
}
