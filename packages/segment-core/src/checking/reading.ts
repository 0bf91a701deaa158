import type { KnownCatalog, KnownEntity } from '../language/known-catalog.ts'
import type { RuleLimits } from '../language/limits.ts'
import type { Tree } from '../language/tree.ts'
import { below, type Faults, type Place, shown } from './faults.ts'

/** Where the rules of saved segments are found: by id, `undefined` for an unknown one. */
export type Segments = ReadonlyMap<string, unknown> | ((id: string) => unknown)

/** What reading depends on, and what it counts. */
export interface Reading {
  readonly catalog: KnownCatalog
  readonly limits: RuleLimits
  readonly faults: Faults
  readonly segments: Segments | undefined
  /** Rule objects met so far, those of segments included. */
  nodes: number
}

/** Where in a rule a node stands. */
export interface Standing {
  readonly entity: KnownEntity
  readonly depth: number
  readonly at: Place
  /** Segments that are being put in place, the outermost first. */
  readonly within: readonly string[]
  /** The node asks about related records, of which nobody can be a segment's member. */
  readonly isInWhere: boolean
}

/** Reads a rule where it stands; handed to those that read what holds rules. */
export type ReadNode = (json: unknown, standing: Standing, reading: Reading) => Tree | undefined

/** A node of a rule: an object, of which nothing else is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** Notes every key that does not belong to a node. */
export function checkKeys(node: JsonObject, known: readonly string[], { at }: Standing, { faults }: Reading): boolean {
  let areFine = true
  for (const key of Object.keys(node)) {
    if (faults.isFull()) return false
    if (known.includes(key)) continue
    areFine = false
    const isForbidden = forbiddenKeys.has(key)
    const message = `${shown(key)} ${isForbidden ? 'is not allowed as a key' : 'does not belong here'}`
    faults.add(isForbidden ? 'FORBIDDEN_KEY' : 'UNKNOWN_KEY', below(at, key), message, { given: key, known })
  }
  return areFine
}

/** A key that is there with a value; `undefined`, which JSON does not have, counts as absent. */
export function has(node: JsonObject, key: string): boolean {
  return Object.hasOwn(node, key) && node[key] !== undefined
}
