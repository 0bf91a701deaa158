import { type Spread, spreadOf } from '../measuring/spread.ts'
import type { Asking } from './ask.ts'
import type { Formulation } from './formulation.ts'

/** How long a formulation took over the rounds, or that the database gave up. */
export interface Timed {
  readonly formulation: Formulation
  /** Milliseconds. `undefined` where the database gave up. */
  readonly ms: Spread | undefined
}

/** All formulations of one question, in the order in which they were given. */
export interface Compared {
  readonly size: number
  readonly timed: readonly Timed[]
}

/** What is so many times slower than the fastest, and noticeably slower, is not asked again. */
const [hopelessRatio, noticeableMs] = [5, 20]

/** What takes longer is not asked twice only to warm up. */
const worthRepeatingMs = 1_000

/**
 * Asks every formulation once, to warm up and to see that all count the same, then those that are not hopeless in turn,
 * so that what slows the machine down slows all of them.
 */
export async function compareFormulations(
  asking: Asking,
  formulations: readonly Formulation[],
  rounds: number,
): Promise<Compared> {
  const times = new Map<Formulation, number[]>()
  const sizes = new Set<number>()
  for (const formulation of formulations) {
    const cold = await asking.ask(formulation)
    if (cold === undefined) continue
    const warm = cold.ms < worthRepeatingMs ? await asking.ask(formulation) : undefined
    times.set(formulation, [Math.min(cold.ms, warm?.ms ?? cold.ms)])
    sizes.add(cold.size)
  }
  const [size, other] = sizes
  if (size === undefined) throw new Error('Every formulation took too long')
  if (other !== undefined) throw new Error(`The formulations count ${[...sizes].join(', ')}`)
  const safe = [...times].filter(([formulation]) => formulation.isUnsafe !== true)
  const fastestMs = Math.min(...safe.flatMap(([, ms]) => ms))
  const mostMs = Math.max(fastestMs * hopelessRatio, noticeableMs)
  const worthwhile = [...times.keys()].filter((formulation) => times.get(formulation)![0]! <= mostMs)
  for (const formulation of worthwhile) times.set(formulation, [])
  for (let round = 0; round < rounds; round++) {
    for (const formulation of worthwhile) {
      const answer = await asking.ask(formulation)
      if (answer !== undefined) times.get(formulation)!.push(answer.ms)
    }
  }
  const timed = formulations.map((formulation) => {
    const ms = times.get(formulation) ?? []
    return { formulation, ms: ms.length === 0 ? undefined : spreadOf(ms) }
  })
  return { size, timed }
}
