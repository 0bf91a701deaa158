import { type Contender, type Measured, measure } from '../measuring/measure.ts'
import { say, sayTable, short, verdict } from '../measuring/print.ts'
import { createRandom } from '../measuring/random.ts'
import { type CustomerRecord, customerRecords, type MomentForm } from './customers/records.ts'
import type { Ask, AskLater, Engine } from './engines/engine.ts'
import { jsonLogic, jsonLogicFolded } from './engines/json-logic.ts'
import { jsonRules } from './engines/json-rules.ts'
import { muster } from './engines/muster.ts'
import { sift } from './engines/sift.ts'
import { ucast } from './engines/ucast.ts'
import { randomRule } from './rules/random-rule.ts'
import { type BenchRule, threeRules } from './rules/three-rules.ts'

/** How much is measured. */
export interface PredicateSizes {
  readonly rounds: number
}

const engines: readonly Engine[] = [muster, jsonLogic, jsonLogicFolded, ucast, sift, jsonRules]

const forms: readonly { readonly title: string; readonly form: MomentForm }[] = [
  { title: 'instants as Date', form: (instantMs) => new Date(instantMs) },
  { title: 'instants as ISO text', form: (instantMs) => new Date(instantMs).toISOString() },
]

const handName = 'by hand'

const manyCustomers = 100_000
const cachedCustomers = 1_000

/** Measures all rules over many customers and over a few that stay in the processor's cache, and prints the tables. */
export async function measurePredicates({ rounds }: PredicateSizes): Promise<void> {
  await warmUp(300)
  for (const { title, form } of forms) {
    const records = createRecords(form)
    for (const rule of threeRules) {
      await checkAnswers(rule, form, records)
      for (const count of [manyCustomers, cachedCustomers]) {
        say()
        say(`${rule.name}, ${count.toLocaleString('en')} customers, ${title}`)
        sayMeasured(await measure(contendersOf(rule, form, records, count), rounds), count)
      }
    }
  }
}

/** With one rule alone the compiler of JavaScript would tailor every engine to it, which no server ever sees. */
async function warmUp(rules: number): Promise<void> {
  const random = createRandom(1)
  for (const { form } of forms) {
    const records = createRecords(form)
    for (let index = 0; index < rules / forms.length; index++) {
      const rule = randomRule(random)
      for (const engine of engines) {
        const few = records.of(engine).slice(0, engine === jsonRules ? 20 : 500)
        await answersOf(engine.prepare(rule, engine.form ?? form), few)
      }
    }
  }
}

interface Records {
  of(engine: Engine): readonly CustomerRecord[]
  readonly plain: readonly CustomerRecord[]
}

function createRecords(form: MomentForm): Records {
  const plain = customerRecords(manyCustomers, form)
  const own = new Map<MomentForm, readonly CustomerRecord[]>()
  const recordsIn = (wanted: MomentForm) => {
    const records = own.get(wanted) ?? customerRecords(manyCustomers, wanted)
    own.set(wanted, records)
    return records
  }
  return { plain, of: (engine) => (engine.form === undefined ? plain : recordsIn(engine.form)) }
}

async function answersOf(ask: Ask | AskLater, records: readonly CustomerRecord[]): Promise<readonly boolean[]> {
  if (typeof ask === 'function') return records.map((record) => ask(record))
  const answers: boolean[] = []
  for (const record of records) answers.push(await ask.later(record))
  return answers
}

/** A comparison of speed means nothing where the answers differ. */
async function checkAnswers(rule: BenchRule, form: MomentForm, records: Records): Promise<void> {
  const checked = 2_000
  const expected = records.plain.slice(0, checked).map(rule.byHand)
  const given = [
    { name: 'bare hand', answers: records.plain.slice(0, checked).map(rule.byBareHand(form)) },
    ...(await Promise.all(
      engines.map(async (engine) => ({
        name: engine.name,
        answers: await answersOf(engine.prepare(rule.rule, engine.form ?? form), records.of(engine).slice(0, checked)),
      })),
    )),
  ]
  for (const { name, answers } of given) {
    const first = expected.findIndex((answer, index) => answer !== answers[index])
    if (first >= 0) throw new Error(`${name} disagrees about ${rule.name} and customer ${first}`)
  }
  const share = expected.filter(Boolean).length / checked
  say(`\n${rule.name}: all engines give the same answers, ${short(share * 100)} % of the customers are chosen`)
}

/** The first is what the others are compared with. */
function contendersOf(rule: BenchRule, form: MomentForm, records: Records, count: number): readonly Contender[] {
  const asked = engines.map((engine) => {
    const ask = engine.prepare(rule.rule, engine.form ?? form)
    return contender(engine.name, ask, records.of(engine).slice(0, count))
  })
  return [
    ...asked,
    contender(handName, rule.byHand, records.plain.slice(0, count)),
    contender(`${handName}, bare`, rule.byBareHand(form), records.plain.slice(0, count)),
  ]
}

/** A turn takes at least so long, to be timed; of an engine a thousand times slower, few customers are enough. */
const [leastTurnMs, mostAskedLater] = [10, 2_000]

function contender(name: string, ask: Ask | AskLater, records: readonly CustomerRecord[]): Contender {
  if (typeof ask !== 'function') {
    const few = records.slice(0, mostAskedLater)
    return { name, run: async () => (await answersOf(ask, few)).length }
  }
  let passes: number | undefined
  return {
    name,
    run: () => {
      passes ??= passesIn(leastTurnMs, () => countChosen(ask, records))
      for (let pass = 0; pass < passes; pass++) countChosen(ask, records)
      return passes * records.length
    },
  }
}

/** How often some work has to be done for it to take so long, judged by the quickest of a few tries. */
function passesIn(leastMs: number, work: () => unknown): number {
  const tries = Array.from({ length: 5 }, () => {
    const startMs = performance.now()
    work()
    return performance.now() - startMs
  })
  return Math.ceil(leastMs / Math.min(...tries))
}

function countChosen(ask: Ask, records: readonly CustomerRecord[]): number {
  let chosen = 0
  for (const record of records) if (ask(record)) chosen++
  return chosen
}

function sayMeasured(measured: readonly Measured[], count: number): void {
  sayTable(
    ['', 'ns min', 'median', 'max', 'million/s', '× ours', 'target'],
    measured.map(({ name, ns, ratio }) => [
      name,
      short(ns.min),
      short(ns.median),
      short(ns.max),
      short(1000 / ns.median),
      short(ratio.median),
      targetOf(name, ratio.median, count),
    ]),
  )
}

/** How many times as fast as each peer the predicate shall be at least. */
const leastRatio: Readonly<Record<string, number>> = {
  [jsonLogic.name]: 1,
  [jsonLogicFolded.name]: 1,
  [ucast.name]: 4,
  [sift.name]: 8,
  [jsonRules.name]: 250,
}

function targetOf(name: string, ratio: number, count: number): string {
  if (name === handName) {
    const most = count === manyCustomers ? 1.6 : 3
    return verdict(1 / ratio <= most, `ours ${short(1 / ratio)} × of it, at most ${most}`)
  }
  const least = leastRatio[name]
  return least === undefined ? '' : verdict(ratio >= least, `at least ${least} ×`)
}
