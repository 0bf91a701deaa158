import type { Settled } from '../language/settle.ts'
import type { Figure } from '../language/tree.ts'
import { writeSettled } from '../writing/write-settled.ts'

/** A figure, and those of its neighbours that can be taken in the same pass over the related rows. */
export interface FiguresTogether {
  readonly first: Figure<Settled>
  /** `rest` is what a neighbour asks of the rows beyond what the first one asks. */
  readonly others: readonly { readonly figure: Figure<Settled>; readonly rest: Settled }[]
}

/**
 * Gathers figures joined by AND that look at the same related rows, or some of them: each group is led by one that
 * fails for records without related ones, and whose rows the others share.
 */
export function figuresTogether(
  figures: readonly Figure<Settled>[],
  needsRelated: (figure: Figure<Settled>) => boolean,
): { readonly together: readonly FiguresTogether[]; readonly alone: readonly Figure<Settled>[] } {
  const together: FiguresTogether[] = []
  let left = figures
  for (const first of figures) {
    if (!left.includes(first) || !needsRelated(first)) continue
    const others = left.flatMap((figure) => {
      const rest = figure === first ? undefined : restBeyond(first, figure)
      return rest === undefined ? [] : [{ figure, rest }]
    })
    if (others.length === 0) continue
    together.push({ first, others })
    left = left.filter((figure) => figure !== first && !others.some((other) => other.figure === figure))
  }
  return { together, alone: left }
}

/** What one figure asks of related rows beyond another; `undefined` when its rows are not among those of the other. */
function restBeyond(first: Figure<Settled>, figure: Figure<Settled>): Settled | undefined {
  if (first.relation !== figure.relation || isWrittenOften(figure)) return undefined
  const own = new Map(conjuncts(figure.where).map((part) => [JSON.stringify(writeSettled(part)), part]))
  for (const part of conjuncts(first.where)) if (!own.delete(JSON.stringify(writeSettled(part)))) return undefined
  return { kind: 'all', parts: [...own.values()], path: '' }
}

/** The figure would be written, with all that it is taken of, for each of many years or listed values. */
function isWrittenOften({ aggregate, operator }: Figure<Settled>): boolean {
  return aggregate === 'avg' || operator === 'anniversaryIn' || operator === 'anniversaryWithinNext'
}

function conjuncts(where: Settled | undefined): readonly Settled[] {
  if (where === undefined) return []
  return where.kind === 'all' ? where.parts.flatMap(conjuncts) : [where]
}
