import type { Knex } from 'knex'
import { chainedHash, noHash } from './audit-entry.ts'
import { type AuditHead, entriesAfter, readHead } from './audit-store.ts'

/** What a walk along the chain found. */
export interface AuditCheck extends AuditHead {
  readonly isIntact: boolean
  /** The first entry that is missing or not as it was written; null when there is none. */
  readonly brokenAt: number | null
}

/** Some hundred kilobytes at a time. */
const pageSize = 1_000

/**
 * Walks along the whole chain. It finds what was changed, taken away or put in between; of somebody who rewrites
 * everything it finds nothing, unless the head's hash was noted elsewhere: the answer names it for that.
 */
export async function checkAudit(knex: Knex, workspaceId: string): Promise<AuditCheck> {
  const head = await readHead(knex, workspaceId)
  let last: AuditHead = { entries: 0, hash: noHash }
  while (last.entries < head.entries) {
    const page = await entriesAfter(knex, workspaceId, last.entries, pageSize)
    for (const entry of page) {
      const isNext = entry.number === last.entries + 1 && entry.hash === chainedHash(workspaceId, entry, last.hash)
      if (!isNext) return { ...head, isIntact: false, brokenAt: last.entries + 1 }
      last = { entries: entry.number, hash: entry.hash }
      if (last.entries === head.entries) break
    }
    if (page.length === 0) break
  }
  const isIntact = last.entries === head.entries && last.hash === head.hash
  return { ...head, isIntact, brokenAt: isIntact ? null : Math.min(last.entries + 1, head.entries) }
}
