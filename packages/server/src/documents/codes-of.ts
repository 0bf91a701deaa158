import { statusOf } from '../http/status-of.ts'
import type { Description } from './description.ts'

const safeMethods = new Set(['GET', 'HEAD'])

/** Every code that a route can fail with, by status: its own, and those of what stands before it. */
export function codesOf(method: string, description: Description): ReadonlyMap<number, readonly string[]> {
  const { codes = [], access, isForPeople, isVersioned } = description
  const isChange = !safeMethods.has(method)
  const all: readonly (keyof typeof statusOf | false | undefined)[] = [
    ...codes,
    ...(description.body === undefined
      ? []
      : (['VALIDATION', 'BAD_JSON', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)),
    description.query !== undefined && 'VALIDATION',
    access === 'vendor' && 'VENDOR_REFUSED',
    (access === 'viewer' || access === 'marketer' || access === 'owner') && 'UNAUTHENTICATED',
    (access === 'marketer' || access === 'owner' || isForPeople) && 'FORBIDDEN',
    isChange && 'ORIGIN_REFUSED',
    isChange && isVersioned && 'CHANGED_MEANWHILE',
    'TOO_MANY_REQUESTS',
  ]
  const byStatus = new Map<number, string[]>()
  for (const code of new Set(all)) {
    if (code === false || code === undefined) continue
    byStatus.set(statusOf[code], [...(byStatus.get(statusOf[code]) ?? []), code])
  }
  byStatus.set(500, [...(byStatus.get(500) ?? []), 'INTERNAL'])
  return new Map([...byStatus].sort(([one], [other]) => one - other))
}
