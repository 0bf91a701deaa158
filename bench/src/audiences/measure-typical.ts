import type { Rule } from '@muster/segment-core'
import { say, sayTable, short, verdict } from '../measuring/print.ts'
import { createRandom } from '../measuring/random.ts'
import { spreadOf } from '../measuring/spread.ts'
import type { Asking } from './ask.ts'
import type { BenchDatabase } from './bench-database.ts'
import type { Formulation } from './formulation.ts'
import { ownFormulations } from './own-formulations.ts'
import { typicalRule } from './typical-rules.ts'

interface Judged {
  readonly rule: Rule
  readonly size: number
  readonly oursMs: number
  readonly bestMs: number
  readonly bestName: string
}

/** A question that takes less is over before anybody could notice which way it was written. */
const noticeableMs = 5

/** Nothing so slow may happen to any rule; the cliffs of the table begin at ten times. */
const mostRatio = 4

/** Asks so many rules as marketers write them, each beside the best of its formulations, and prints the worst. */
export async function measureTypical(asking: Asking, database: BenchDatabase, sample: number): Promise<void> {
  const random = createRandom(99)
  const judged: Judged[] = []
  for (let count = 0; count < sample; count++) {
    const { rule, formulations } = typicalRule(random)
    judged.push(await judge(asking, rule, ownFormulations(rule, database)[1], formulations))
  }
  const ratios = judged.map(ratioOf)
  const { median, max } = spreadOf(ratios)
  say(
    `\n${sample} typical rules: ours takes ${short(median)} × the best formulation (median), ${short(max)} × at worst: ${verdict(max <= mostRatio, `at most ${mostRatio} ×`)}`,
  )
  const worst = [...judged].sort((one, other) => ratioOf(other) - ratioOf(one)).slice(0, 5)
  sayTable(
    ['the five worst', 'customers', 'ours ms', 'best ms', 'ratio', 'best formulation'],
    worst.map((one) => [
      shortened(one.rule),
      one.size.toLocaleString('en'),
      short(one.oursMs),
      short(one.bestMs),
      short(ratioOf(one)),
      one.bestName,
    ]),
  )
}

function ratioOf({ oursMs, bestMs }: Judged): number {
  // Where all were given up there is no telling.
  return oursMs === bestMs ? 1 : Math.max(oursMs, noticeableMs) / Math.max(bestMs, noticeableMs)
}

/** The better of two times each; a rival only has to be watched until it is clear that it is slower. */
async function judge(asking: Asking, rule: Rule, ours: Formulation, rivals: readonly Formulation[]): Promise<Judged> {
  const own = await betterOfTwo(asking, ours)
  const oursMs = own?.ms ?? Number.POSITIVE_INFINITY
  let size = own?.size
  let best = { name: 'ours', ms: oursMs }
  for (const rival of rivals) {
    const answer = await betterOfTwo(asking, rival, own === undefined ? undefined : Math.ceil(oursMs * 1.5) + 50)
    if (answer === undefined) continue
    size ??= answer.size
    if (answer.size !== size) throw new Error(`${size} are not ${answer.size}: ${JSON.stringify(rule)}`)
    if (answer.ms < best.ms) best = { name: rival.name, ms: answer.ms }
  }
  return { rule, size: size ?? 0, oursMs, bestMs: best.ms, bestName: best.name }
}

async function betterOfTwo(asking: Asking, formulation: Formulation, mostMs?: number) {
  const first = await asking.ask(formulation, mostMs)
  const second = first === undefined ? undefined : await asking.ask(formulation, mostMs)
  return first === undefined || second === undefined ? first : { size: first.size, ms: Math.min(first.ms, second.ms) }
}

function shortened(rule: Rule): string {
  return JSON.stringify(rule)
    .replace(/"(logic|conditions|field|operator|value|aggregate|of|where)":/g, '')
    .replace(/"/g, '')
}
