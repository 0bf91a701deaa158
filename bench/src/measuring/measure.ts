import { type Spread, spreadOf } from './spread.ts'

/** Something to be measured: does its work so many times, and says how many times that was. */
export interface Contender {
  readonly name: string
  run(): number | Promise<number>
}

/** How long one of the contender's works took, and how that compares with the first contender's. */
export interface Measured {
  readonly name: string
  /** Nanoseconds of the processor for each, over the rounds. */
  readonly ns: Spread
  /** Its time over that of the first contender in the same round. */
  readonly ratio: Spread
}

/**
 * Measures contenders side by side: each once in every round, in an order that turns from round to round, so that what
 * slows the machine down slows all of them. One more round beforehand warms up and is not counted.
 */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<readonly Measured[]> {
  const times = contenders.map((): number[] => [])
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (turn + round) % contenders.length
      const ns = await nanosecondsOf(contenders[index]!)
      if (round > 0) times[index]!.push(ns)
    }
  }
  return contenders.map(({ name }, index) => ({
    name,
    ns: spreadOf(times[index]!),
    ratio: spreadOf(times[index]!.map((ns, round) => ns / times[0]![round]!)),
  }))
}

/** Time of the processor, not of the clock: what else runs on the machine then counts less. */
async function nanosecondsOf({ run }: Contender): Promise<number> {
  const before = process.cpuUsage()
  const answer = run()
  const count = typeof answer === 'number' ? answer : await answer
  const { user, system } = process.cpuUsage(before)
  return ((user + system) * 1_000) / count
}
