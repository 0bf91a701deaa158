import type { Tree, TreeGroup } from '../language/tree.ts'
import { below, shown } from './faults.ts'
import { checkKeys, type JsonObject, type Reading, type ReadNode, type Segments, type Standing } from './reading.ts'

/** Reads `{ "everyone": true }`. */
export function readEveryone(node: JsonObject, standing: Standing, reading: Reading): TreeGroup | undefined {
  const { at } = standing
  const areKeysFine = checkKeys(node, ['everyone'], standing, reading)
  const isOverRoot = checkOverRoot('everyone', standing, reading)
  if (node['everyone'] !== true) {
    reading.faults.add(
      'WRONG_VALUE_TYPE',
      below(at, 'everyone'),
      `"everyone" is true or absent, not ${shown(node['everyone'])}`,
    )
    return undefined
  }
  return areKeysFine && isOverRoot ? { kind: 'all', parts: [], path: at.path } : undefined
}

/** Reads a reference, and with `readNode` the rule that it stands for. */
export function readSegment(
  node: JsonObject,
  standing: Standing,
  reading: Reading,
  readNode: ReadNode,
): Tree | undefined {
  const { at, within } = standing
  const { faults } = reading
  const areKeysFine = checkKeys(node, ['segment'], standing, reading)
  const isOverRoot = checkOverRoot('segment', standing, reading)
  const id = node['segment']
  if (typeof id !== 'string') {
    faults.add('WRONG_VALUE_TYPE', below(at, 'segment'), `"segment" is the id of a segment, not ${shown(id)}`)
    return undefined
  }
  if (within.includes(id)) {
    faults.add(
      'SEGMENT_CYCLE',
      at,
      `The segment ${shown(id)} refers to itself, by way of ${within.map(shown).join(', ')}`,
    )
    return undefined
  }
  if (within.length >= reading.limits.depth) {
    faults.add('TOO_DEEP', at, `Segments refer to one another more than ${reading.limits.depth} deep`)
    return undefined
  }
  const json = segmentRule(id, reading.segments)
  if (json === undefined) {
    const known = typeof reading.segments === 'object' ? { given: id, known: reading.segments.keys() } : undefined
    faults.add('UNKNOWN_SEGMENT', at, `There is no segment ${shown(id)}`, known)
    return undefined
  }
  // The referenced rule takes the place of the reference, which therefore does not count itself.
  reading.nodes -= 1
  const rule = readNode(json, { ...standing, at: { path: at.path, segment: id }, within: [...within, id] }, reading)
  return rule && areKeysFine && isOverRoot ? { kind: 'segment', id, rule, path: at.path } : undefined
}

function segmentRule(id: string, segments: Segments | undefined): unknown {
  return typeof segments === 'function' ? segments(id) : segments?.get(id)
}

function checkOverRoot(what: 'segment' | 'everyone', { at, isInWhere }: Standing, reading: Reading): boolean {
  const { root } = reading.catalog
  if (!isInWhere) return true
  reading.faults.add(
    'NOT_OVER_ROOT',
    at,
    `"${what}" can be asked of ${root.entity.label.many} only, not inside a "where"`,
  )
  return false
}
