import type { Context } from 'koa'
import { versionOf } from '../database/version-of.ts'

/** Names the state that an answer shows, for a later `If-Match`. */
export function tagVersion(ctx: Context, stored: object): void {
  ctx.set('ETag', `"${versionOf(stored)}"`)
}

/** The state that a client believes it is changing, or null when it does not say. */
export function expectedVersion(ctx: Context): string | null {
  const tag = ctx.get('if-match').trim()
  return tag === '' ? null : tag.replace(/^(W\/)?"(.*)"$/, '$2')
}
