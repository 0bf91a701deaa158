import { type Catalog, compilePredicate, type Rule } from '@muster/segment-core'
import { createChance } from './chance.ts'
import { mentionsOf } from './mentions.ts'
import { createPopulation } from './population.ts'

/** The clock at which two rules are compared. */
export interface ScoringClock {
  readonly now: number
  readonly timeZone: string
}

const day = 86_400_000
/** Days by which the clock is moved to see that "this month" is not a fixed month. */
const otherClocks = [0, 19, 61, 143, 290]
const peoplePerClock = 400

/** Whether two rules choose the same customers, from populations made for both, at this clock and at others. */
export function sameAudience(one: Rule, other: Rule, catalog: Catalog, clock: ScoringClock): boolean {
  if (JSON.stringify(one) === JSON.stringify(other)) return true
  const mentions = mentionsOf([one, other], catalog)
  const clocks = speaksOfNow(one) || speaksOfNow(other) ? otherClocks : [0]
  const chance = createChance(20_260_315)
  return clocks.every((days) => {
    const at = { ...clock, now: clock.now + days * day }
    const options = { catalog, now: at.now, timeZone: at.timeZone }
    const isIn = compilePredicate(one, options)
    const isInOther = compilePredicate(other, options)
    const people = createPopulation(clocks.length === 1 ? peoplePerClock * 3 : peoplePerClock, {
      catalog,
      mentions,
      ...at,
      chance,
    })
    return people.every((person) => isIn(person) === isInOther(person))
  })
}

/** Whether the rule holds a duration or calendar period, which moves with the clock. */
function speaksOfNow(rule: Rule): boolean {
  return /"(?:period|hours|days|weeks|months|years)":/.test(JSON.stringify(rule))
}
