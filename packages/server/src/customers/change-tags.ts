import { folded } from '../database/folded.ts'
import { inTransaction } from '../database/in-transaction.ts'
import { invalidInput } from '../problems/problem-error.ts'
import type { CustomerParts } from './customer-parts.ts'
import { mostTags } from './customer-schemas.ts'
import { findCustomers, lockCustomers, replaceTags } from './customer-store.ts'

/** Tags to give and to take away. One in both lists is given: whoever adds means the outcome. */
export interface TagChange {
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
}

/** What became of a change to many customers. */
export interface TagOutcome {
  readonly changed: number
  readonly unchanged: number
  /** Ids of nobody in this workspace. */
  readonly unknown: readonly string[]
}

/** Gives tags to customers and takes tags away, whatever their case. Doing it again changes nothing. */
export async function changeTags(
  { knex, world }: CustomerParts,
  workspaceId: string,
  customerIds: readonly string[],
  change: TagChange,
): Promise<TagOutcome> {
  const ids = [...new Set(customerIds)]
  return inTransaction(knex, async (transaction) => {
    await lockCustomers(transaction, workspaceId, ids)
    const customers = await findCustomers(transaction, workspaceId, 'id', ids)
    const changed = customers.flatMap((customer) => {
      const tags = tagsAfter(customer.tags, change)
      return tags === null ? [] : [{ id: customer.id, name: customer.name, tags }]
    })
    const full = changed.find(({ tags }) => tags.length > mostTags)
    if (full !== undefined) {
      throw invalidInput([{ path: '/add', message: `"${full.name}" would have more than ${mostTags} tags` }])
    }
    await replaceTags(transaction, workspaceId, changed, world.nowMs())
    const known = new Set(customers.map(({ id }) => id))
    return {
      changed: changed.length,
      unchanged: customers.length - changed.length,
      unknown: ids.filter((id) => !known.has(id)),
    }
  })
}

/** The tags after the change; null where they stay as they are. The first spelling of a tag stays. */
function tagsAfter(tags: readonly string[], { add = [], remove = [] }: TagChange): readonly string[] | null {
  const before = new Set(tags.map((tag) => folded(tag)))
  const given = new Map(add.map((tag): [string, string] => [folded(tag), tag]))
  const taken = new Set(remove.map((tag) => folded(tag)).filter((tag) => !given.has(tag)))
  const fresh = [...given].filter(([key]) => !before.has(key)).map(([, tag]) => tag)
  const kept = tags.filter((tag) => !taken.has(folded(tag)))
  return fresh.length === 0 && kept.length === tags.length ? null : [...kept, ...fresh]
}
