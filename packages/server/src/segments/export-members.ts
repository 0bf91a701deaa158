import { stringify } from 'csv-stringify/sync'
import type { Workspace } from '../accounts/workspaces-store.ts'
import { listAttributes } from '../attributes/attribute-store.ts'
import type { Customer } from '../customers/customer.ts'
import { customersInOrder } from '../customers/customer-list-store.ts'
import { majorOf } from '../money/minor-units.ts'
import { isoOf } from '../world/moment.ts'
import { keptPatienceMs } from './audience.ts'
import type { Segment } from './segment.ts'
import { populationOf, type SegmentParts } from './segment-parts.ts'

/** The formats that members are exported in. The only file that knows csv-stringify. */
export type ExportFormat = 'csv' | 'ndjson'

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
 * A segment's members as text, piece by piece and in the order of their ids, so that a million of them never lie in
 * memory at once; the workspace's own attributes follow the built-in columns. In CSV a cell that a spreadsheet would
 * take for a formula is made harmless.
 */
export async function* exportMembers(
  parts: SegmentParts,
  workspace: Workspace,
  segment: Segment,
  format: ExportFormat,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const attributes = (await listAttributes(parts.reads, workspace.id)).map(({ name }) => name)
  const columns = [...builtIn, ...attributes]
  if (format === 'csv') yield stringify([columns])
  for await (const customers of membersOf(parts, workspace, segment, signal)) {
    if (format === 'ndjson') {
      yield customers
        .map(
          (one) =>
            `${JSON.stringify({ ...memberOf(one), ...(attributes.length > 0 && { attributes: one.attributes }) })}\n`,
        )
        .join('')
    } else {
      const cells = customers.map((one) => ({ ...one.attributes, ...memberOf(one) }))
      yield stringify(cells, { columns, escape_formulas: true, cast: { boolean: String } })
    }
  }
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
