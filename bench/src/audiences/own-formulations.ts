import { compileSql, compileWhere, type Rule } from '@muster/segment-core'
import { nowMs } from '../predicates/customers/records.ts'
import { catalog } from '../predicates/engines/muster.ts'
import type { BenchDatabase } from './bench-database.ts'
import type { Formulation } from './formulation.ts'
import { workspaceId } from './shop.ts'

/** A rule as a statement of its own, and as a condition in a statement, which is how the server asks it. */
export function ownFormulations(rule: Rule, { dialect }: BenchDatabase): readonly [Formulation, Formulation] {
  const options = { catalog, dialect, now: nowMs, scope: workspaceId, placeholders: 'question' } as const
  const statement = compileSql(rule, options)
  const condition = compileWhere(rule, options)
  return [
    {
      name: 'segment-core, statement',
      sql: `select count(*) as size from (${statement.sql}) audience`,
      bindings: statement.bindings,
    },
    {
      name: 'segment-core, condition',
      sql: `select count(*) as size from customers where customers.workspace_id = ? and ${condition.sql}`,
      bindings: [workspaceId, ...condition.bindings],
    },
  ]
}
