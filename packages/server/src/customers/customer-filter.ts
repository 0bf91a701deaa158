import type { Attribute } from '../attributes/attribute.ts'
import { listAttributes } from '../attributes/attribute-store.ts'
import { valueKey } from '../attributes/index-values.ts'
import { readValue } from '../attributes/read-values.ts'
import { folded } from '../database/folded.ts'
import type { TimeRange } from '../world/day-bounds.ts'
import type { CustomerParts } from './customer-parts.ts'
import { type CountRange, createFilterReader, type FilterReader, type StatedFilters } from './read-filters.ts'

/** Which customers a list shows: all of these together. Null asks nothing. Texts are folded. */
export interface CustomerFilter {
  readonly city: string | null
  readonly state: string | null
  readonly country: string | null
  readonly tag: string | null
  readonly gender: string | null
  readonly consent: 'given' | 'refused' | 'unasked' | null
  readonly spendingMinor: CountRange
  readonly visits: CountRange
  readonly lastVisit: TimeRange
  readonly created: TimeRange
  /** Values as the index of attributes keeps them. */
  readonly attributes: readonly { readonly name: string; readonly key: string }[]
}

/** The filters of a query string. Those of attributes begin with `attributePrefix`. */
export const customerFilterNames = [
  'city',
  'state',
  'country',
  'tag',
  'gender',
  'consent',
  'minSpending',
  'maxSpending',
  'minVisits',
  'maxVisits',
  'lastVisitFrom',
  'lastVisitTo',
  'createdFrom',
  'createdTo',
] as const

export const attributePrefix = 'attribute.'

/** Looks up what the filters are read with, where there are any: the attributes, and the workspace's days. */
export async function customerFilterOf(
  { reads, timeZoneOf }: CustomerParts,
  workspaceId: string,
  stated: StatedFilters,
): Promise<CustomerFilter> {
  if (stated.size === 0) return readCustomerFilter(stated, [], 'UTC')
  return readCustomerFilter(stated, await listAttributes(reads, workspaceId), await timeZoneOf(workspaceId))
}

/** @throws ProblemError that names every filter whose value is none */
export function readCustomerFilter(
  stated: StatedFilters,
  declared: readonly Attribute[],
  timeZone: string,
): CustomerFilter {
  const read = createFilterReader(stated, timeZone)
  const filter = {
    city: folded(read.text('city')),
    state: folded(read.text('state')),
    country: folded(read.text('country')),
    tag: folded(read.text('tag')),
    gender: read.oneOf('gender', ['female', 'male', 'other']),
    consent: read.oneOf('consent', ['given', 'refused', 'unasked']),
    spendingMinor: read.amount('minSpending', 'maxSpending'),
    visits: read.count('minVisits', 'maxVisits'),
    lastVisit: read.time('lastVisitFrom', 'lastVisitTo'),
    created: read.time('createdFrom', 'createdTo'),
    attributes: [...stated.keys()]
      .filter((name) => name.startsWith(attributePrefix))
      .flatMap((name) => attributeFilter(read, name, declared) ?? []),
  }
  read.finish()
  return filter
}

function attributeFilter(
  read: FilterReader,
  name: string,
  declared: readonly Attribute[],
): { readonly name: string; readonly key: string } | null {
  const attribute = declared.find((each) => `${attributePrefix}${each.name}` === name)
  if (attribute === undefined) return read.refuse(name, 'the name of an attribute of this workspace')
  const text = read.text(name)
  if (text === null) return null
  const value = readValue(asTyped(text, attribute), attribute)
  if (value === null) return null
  if (typeof value === 'object') return read.refuse(name, value.fault.replace(/^"\w+" must be /, ''))
  return { name: attribute.name, key: valueKey(value) }
}

/** A query string knows texts alone. */
function asTyped(text: string, { type }: Attribute): unknown {
  if (type === 'number' || type === 'money') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}
