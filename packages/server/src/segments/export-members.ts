import type { Workspace } from '../accounts/workspaces-store.ts'
import { listAttributes } from '../attributes/attribute-store.ts'
import type { Customer } from '../customers/customer.ts'
import { customersInOrder } from '../customers/customer-list-store.ts'
import { type ExportFormat, type ExportRow, exportText } from '../exports/export-text.ts'
import { majorOf } from '../money/minor-units.ts'
import { isoOf } from '../world/moment.ts'
import { keptPatienceMs } from './audience.ts'
import type { Segment } from './segment.ts'
import { populationOf, type SegmentParts } from './segment-parts.ts'

const builtIn = [
  'id',
  'name',
  'email',
  'phone',
  'city',
  'state',
  'country',
  'totalSpending',
  'orderCount',
  'lastVisit',
  'createdAt',
]

/** The rule is asked once for so many: it may be dear, and ids are cheap. */
const idsAtOnce = 20_000

const rowsAtOnce = 500

/**
 * A segment's members as text in the order of their ids; the workspace's own attributes follow the built-in columns, or
 * stand together under `attributes` in JSON.
 */
export async function* exportMembers(
  parts: SegmentParts,
  workspace: Workspace,
  segment: Segment,
  format: ExportFormat,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const attributes = (await listAttributes(parts.reads, workspace.id)).map(({ name }) => name)
  const rowOf = (one: Customer): ExportRow => {
    if (format === 'csv') return { ...one.attributes, ...memberOf(one) }
    return attributes.length === 0 ? memberOf(one) : { ...memberOf(one), attributes: one.attributes }
  }
  yield* exportText(format, [...builtIn, ...attributes], rowsOf(membersOf(parts, workspace, segment, signal), rowOf))
}

async function* rowsOf(
  pages: AsyncIterable<readonly Customer[]>,
  rowOf: (one: Customer) => ExportRow,
): AsyncGenerator<readonly ExportRow[]> {
  for await (const customers of pages) yield customers.map(rowOf)
}

/** Whoever was a member when the export began and still is a customer when their row is read. */
async function* membersOf(
  parts: SegmentParts,
  workspace: Workspace,
  { rule }: Segment,
  signal: AbortSignal,
): AsyncGenerator<readonly Customer[]> {
  const population = await populationOf(parts, workspace)
  const asOfMs = parts.world.nowMs()
  const patience = { timeLimitMs: keptPatienceMs, signal }
  for (let after = ''; ; ) {
    const ids = await parts.audience.together(workspace.id, patience, ({ idsAfter }) =>
      idsAfter(population, rule, asOfMs, after, idsAtOnce),
    )
    for (let start = 0; start < ids.length; start += rowsAtOnce) {
      yield await customersInOrder(parts.reads, workspace.id, ids.slice(start, start + rowsAtOnce))
    }
    const last = ids.at(-1)
    if (last === undefined || ids.length < idsAtOnce) return
    after = last
  }
}

function memberOf(customer: Customer) {
  return {
    id: customer.id,
    name: customer.name,
    email: customer.email,
    phone: customer.phone,
    city: customer.city,
    state: customer.state,
    country: customer.country,
    totalSpending: majorOf(customer.totalSpendingMinor),
    orderCount: customer.orderCount,
    lastVisit: isoOf(customer.lastVisitAtMs),
    createdAt: isoOf(customer.createdAtMs),
  }
}
