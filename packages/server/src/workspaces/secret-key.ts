import { createHash } from 'node:crypto'
import type { World } from '../world/world.ts'

/** By this a machine's key is told from a person's token. */
export const serviceKeyStart = 'mst_'

/** A key of 252 random bits, shown once and then only known by its hash. */
export function newSecretKey(
  world: Pick<World, 'newId'>,
  start: string,
): { readonly key: string; readonly hash: string } {
  const key = `${start}${world.newId()}${world.newId()}`
  return { key, hash: hashOf(key) }
}

/** What is stored of a key. A plain hash is enough: there is nothing to guess in 252 bits. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
