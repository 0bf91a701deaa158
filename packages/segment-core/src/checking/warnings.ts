import type { Catalog } from '../language/catalog.ts'
import { groupBy } from '../language/group-by.ts'
import { isGroup, type Settled, type SettledGroup, settle } from '../language/settle.ts'
import type { Tree } from '../language/tree.ts'
import { createClock } from '../time/clock.ts'
import { type Judged, type JudgingTime, judgedOf } from './judged.ts'
import { complementSet, intersection, isEmptySet, isSubset } from './value-set.ts'

/** The kinds of thing that a valid rule can say and surely does not mean. */
export type RuleWarningCode =
  | 'NEVER_HOLDS'
  | 'ALWAYS_HOLDS'
  | 'REPEATED'
  | 'IMPLIED'
  | 'FUTURE_OF_PAST'
  | 'REQUIRED_IS_NOT_SET'

/** Something valid that is surely not meant. */
export interface RuleWarning {
  readonly code: RuleWarningCode
  /** JSON Pointer to the condition or group. */
  readonly path: string
  readonly message: string
}

/** What warnings are judged by besides the rule. */
export interface WarningContext {
  readonly catalog: Catalog
  readonly now: number | undefined
  readonly timeZone: string | undefined
}

/** Everything in a valid rule that is surely not meant. */
export function findWarnings(tree: Tree, { catalog, now, timeZone }: WarningContext): RuleWarning[] {
  const judging: Judging = {
    // Without a moment only what depends on none is judged; any will do for the rest.
    clock: createClock(now ?? Date.UTC(2026, 0, 1), timeZone ?? catalog.timeZone),
    isNowKnown: now !== undefined,
    warnings: [],
  }
  judge(settle(tree), judging)
  return judging.warnings
}

interface Judging extends JudgingTime {
  readonly warnings: RuleWarning[]
}

function judge(rule: Settled, judging: Judging): void {
  if (isGroup(rule)) {
    judgeGroup(rule, judging)
    return
  }
  judgeLeaf(judgedOf(rule, judging), judging)
}

function judgeLeaf(judged: Judged, judging: Judging): void {
  judgeAlone(judged, judging)
  const { leaf } = judged
  if (leaf.kind === 'figure' && leaf.where !== undefined) judge(leaf.where, judging)
}

function judgeGroup(group: SettledGroup, judging: Judging): void {
  const parts = flattened(group)
  const judged: Judged[] = []
  for (const part of parts) {
    if (isGroup(part)) judge(part, judging)
    else {
      const leaf = judgedOf(part, judging)
      judged.push(leaf)
      judgeLeaf(leaf, judging)
    }
  }
  const bySubject = groupBy(judged, ({ subject }) => subject)
  const neighbourhoods = [...bySubject.values()].filter(({ length }) => length > 1)
  for (const neighbours of neighbourhoods) judgeNeighbours(neighbours, group.kind, judging)
  judgeTogether(neighbourhoods, group, judging)
}

/** Groups of one logic inside one another are one group. */
function flattened(group: SettledGroup): Settled[] {
  return group.parts.flatMap((part) => (part.kind === group.kind ? flattened(part) : [part]))
}

function judgeAlone({ leaf, set, domain }: Judged, { clock, isNowKnown, warnings }: Judging): void {
  const { path, operator, operand } = leaf
  if (leaf.kind === 'fact' && operator === 'isSet' && leaf.negated && leaf.field.isRequired) {
    warnings.push({
      code: 'REQUIRED_IS_NOT_SET',
      path,
      message: `${leaf.field.label} is always set, so nobody is chosen here`,
    })
    return
  }
  if (set !== undefined && domain !== undefined && operator !== 'isSet') {
    const within = intersection(set, domain)
    if (isEmptySet(within)) warnings.push({ code: 'NEVER_HOLDS', path, message: 'No value can fulfil this condition' })
    else if (isSubset(domain, set))
      warnings.push({ code: 'ALWAYS_HOLDS', path, message: 'Every value fulfils this condition' })
  }
  const field = leaf.kind === 'fact' ? leaf.field.field : leaf.field?.field
  const isPast = field?.type === 'date' && field.recordsPast === true && !leaf.negated
  if (isPast && leaf.valueType.type === 'date' && set?.ranges?.[0] !== undefined && operand.kind !== 'nothing') {
    const isRelative = operand.kind === 'duration' || operand.kind === 'period'
    const latest = leaf.valueType.dayOnly ? clock.today : clock.nowMs
    if ((isNowKnown || isRelative) && set.ranges[0].low > latest) {
      warnings.push({
        code: 'FUTURE_OF_PAST',
        path,
        message: 'This lies wholly in the future, but the field records the past',
      })
    }
  }
}

/** Repetitions, and conditions that another one of the group makes superfluous. */
function judgeNeighbours(all: readonly Judged[], kind: 'all' | 'any', { warnings }: Judging): void {
  const neighbours = all.slice(0, mostCompared)
  neighbours.forEach((one, index) => {
    const { path } = one.leaf
    if (neighbours.slice(0, index).some((earlier) => earlier.writing() === one.writing())) {
      warnings.push({ code: 'REPEATED', path, message: 'The same condition stands beside this one' })
      return
    }
    const others = neighbours.filter((other) => other !== one && other.writing() !== one.writing())
    if (others.some((other) => isImplied(one, other, kind))) {
      warnings.push({ code: 'IMPLIED', path, message: 'A condition beside this one makes it superfluous' })
    }
  })
}

/** More neighbours about one thing than this are not compared with one another: it would take too long. */
const mostCompared = 50

/** Joined by AND, the wider condition is superfluous; joined by OR, the narrower one. */
function isImplied(one: Judged, other: Judged, kind: 'all' | 'any'): boolean {
  if (one.set === undefined || other.set === undefined || isEmptySet(one.set) || isEmptySet(other.set)) return false
  const [inner, outer] = kind === 'all' ? [other.set, one.set] : [one.set, other.set]
  if (!isSubset(inner, outer)) return false
  // Of two conditions that say the same in different words the later one is superfluous.
  return !isSubset(outer, inner) || one.leaf.path > other.leaf.path
}

/** Conditions that contradict one another under AND, or leave nothing out under OR. */
function judgeTogether(neighbourhoods: readonly Judged[][], { kind, path }: SettledGroup, { warnings }: Judging): void {
  const isAll = kind === 'all'
  if (!neighbourhoods.some((neighbours) => areOpposed(neighbours, isAll))) return
  warnings.push({
    code: isAll ? 'NEVER_HOLDS' : 'ALWAYS_HOLDS',
    path,
    message: isAll ? 'No value can fulfil these conditions together' : 'Every value fulfils one of these conditions',
  })
}

/** Whether conditions on one subject leave no value under AND, or leave none out under OR. */
function areOpposed(neighbours: readonly Judged[], isAll: boolean): boolean {
  const writings = new Set(neighbours.map(({ writing }) => writing()))
  if (neighbours.some(({ complementWriting }) => writings.has(complementWriting()))) return true
  const known = neighbours.filter(({ set, domain }) => set !== undefined && domain !== undefined)
  if (known.length < 2) return false
  // What an OR leaves out is what the complements of its conditions have in common.
  const sets = known.slice(0, mostCompared).map(({ set }) => (isAll ? set! : complementSet(set!)))
  const domain = known[0]!.domain!
  const isAloneEnough = sets.some((set) => isEmptySet(intersection(set, domain)))
  return !isAloneEnough && isEmptySet(sets.reduce(intersection, domain))
}
