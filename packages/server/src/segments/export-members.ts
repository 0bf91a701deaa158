import type { Workspace } from '../accounts/workspaces-store.ts'
import { type ExportFormat, type ExportRow, exportText } from '../exports/export-text.ts'
import { majorOf } from '../money/minor-units.ts'
import { isoOf } from '../world/moment.ts'
import type { Segment } from './segment.ts'
import { populationOf, type SegmentParts } from './segment-parts.ts'

const columns = [
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

const rowsAtOnce = 1_000

interface MemberRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly city: string | null
  readonly state: string | null
  readonly country: string | null
  readonly total_spending_minor: number
  readonly order_count: number
  readonly last_visit_at_ms: number | null
  readonly created_at_ms: number
}

/** A segment's members as text, in the order of their ids. */
export function exportMembers(
  parts: SegmentParts,
  workspace: Workspace,
  segment: Segment,
  format: ExportFormat,
): AsyncGenerator<string> {
  return exportText(format, columns, memberPages(parts, workspace, segment))
}

async function* memberPages(
  parts: SegmentParts,
  workspace: Workspace,
  segment: Segment,
): AsyncGenerator<readonly ExportRow[]> {
  const population = await populationOf(parts, workspace)
  const asOfMs = parts.world.nowMs()
  for (let after = ''; ; ) {
    const rows: MemberRow[] = await parts.audience
      .members(population, segment.rule, asOfMs)
      .where('customers.id', '>', after)
      .orderBy('customers.id')
      .limit(rowsAtOnce)
      .select('customers.*')
    yield rows.map(memberOf)
    const last = rows.at(-1)
    if (last === undefined || rows.length < rowsAtOnce) return
    after = last.id
  }
}

function memberOf(row: MemberRow) {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    city: row.city,
    state: row.state,
    country: row.country,
    totalSpending: majorOf(row.total_spending_minor),
    orderCount: row.order_count,
    lastVisit: isoOf(row.last_visit_at_ms),
    createdAt: isoOf(row.created_at_ms),
  }
}
