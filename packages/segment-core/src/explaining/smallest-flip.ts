import type { ExplainedCondition, ExplainedNode } from './explanation.ts'

/** The conditions to change; `undefined` where no change of conditions can bring about the verdict. */
type Change = readonly ExplainedCondition[] | undefined

/** The smallest set of conditions that, each turned round, turn the verdict round. Empty where nothing can. */
export function smallestFlip(tree: ExplainedNode): readonly ExplainedCondition[] {
  return changeTo(!tree.verdict, tree) ?? []
}

function changeTo(wanted: boolean, node: ExplainedNode): Change {
  if (node.verdict === wanted) return []
  if (node.kind === 'condition') return [node]
  const { logic, parts } = node
  switch (logic) {
    case 'EVERYONE':
      return undefined
    case 'SEGMENT':
      return changeTo(wanted, parts[0]!)
    case 'AND':
      return wanted ? every(true, parts) : cheapest(false, parts)
    case 'OR':
      return wanted ? cheapest(true, parts) : every(false, parts)
    case 'NOT':
      return wanted ? every(false, parts) : cheapest(true, parts)
  }
}

function every(wanted: boolean, parts: readonly ExplainedNode[]): Change {
  const changes = parts.map((part) => changeTo(wanted, part))
  return changes.every((change) => change !== undefined) ? changes.flat() : undefined
}

function cheapest(wanted: boolean, parts: readonly ExplainedNode[]): Change {
  const changes = parts.map((part) => changeTo(wanted, part)).filter((change) => change !== undefined)
  return changes.sort((one, other) => one.length - other.length)[0]
}
