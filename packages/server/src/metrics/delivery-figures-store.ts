import { type DispatchState, dispatchStates } from '@muster/delivery-core'
import type { Knex } from 'knex'

/** How the delivery of the whole installation stands. */
export interface DeliveryFigures {
  readonly runs: Readonly<Record<string, number>>
  /** Of open runs: those in which something can still happen. */
  readonly messages: Readonly<Record<DispatchState, number>>
  readonly openAudience: number
  /** Since the first request of the oldest message in doubt; 0 without one. */
  readonly oldestDoubtMs: number
  readonly held: Readonly<Record<(typeof heldPlaces)[number], number>>
  readonly inboxBacklog: number
}

/** A reading must not walk through a million rows: what is more than this is shown as this. */
const mostCounted = 10_000

const openStates = ['SNAPSHOTTING', 'READY', 'RUNNING', 'PAUSED', 'COMPLETED']
const heldPlaces = ['quarantined', 'impossible', 'unreadable', 'late'] as const

/** Reads by indexes alone, each count bounded. Not for one workspace: for whoever runs the installation. */
export async function readDeliveryFigures(knex: Knex, nowMs: number): Promise<DeliveryFigures> {
  const [runs, open, doubt] = [await runsByState(knex), await openRuns(knex), await oldestDoubt(knex)]
  const messages = dispatchStates.map((dispatch) =>
    knex('messages').whereIn('run_id', openRunIds(knex)).where({ dispatch }),
  )
  const held = heldPlaces.map((place) => knex('receipts').where({ place }))
  const counts = await inOrder([...messages, ...held, knex('receipt_inbox')], (rows) => boundedCount(knex, rows))
  const take = <Name extends string>(names: readonly Name[], from: number) =>
    Object.fromEntries(names.map((name, index) => [name, counts[from + index] ?? 0])) as Record<Name, number>
  return {
    runs,
    messages: take(dispatchStates, 0),
    openAudience: open,
    oldestDoubtMs: doubt === null ? 0 : Math.max(0, nowMs - doubt),
    held: take(heldPlaces, dispatchStates.length),
    inboxBacklog: counts.at(-1) ?? 0,
  }
}

async function runsByState(knex: Knex): Promise<Readonly<Record<string, number>>> {
  const rows: { state: string; count: number | string }[] = await knex('runs')
    .groupBy('state')
    .select('state')
    .count({ count: '*' })
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

async function openRuns(knex: Knex): Promise<number> {
  const [row] = await knex('runs').whereIn('state', openStates).sum({ audience: 'audience' })
  return Number(row?.['audience'] ?? 0)
}

function openRunIds(knex: Knex): Knex.QueryBuilder {
  return knex('runs').whereIn('state', openStates).select('id')
}

async function oldestDoubt(knex: Knex): Promise<number | null> {
  const doubts = knex('messages')
    .whereIn('run_id', openRunIds(knex))
    .where({ dispatch: 'IN_DOUBT' })
    .limit(mostCounted)
    .select('first_intent_at_ms')
    .as('doubts')
  const [row] = await knex.from(doubts).min({ oldest: 'first_intent_at_ms' })
  return row?.['oldest'] == null ? null : Number(row['oldest'])
}

async function boundedCount(knex: Knex, rows: Knex.QueryBuilder): Promise<number> {
  const [row] = await knex.from(rows.limit(mostCounted).select(knex.raw('1')).as('counted')).count({ count: '*' })
  return Number(row?.['count'] ?? 0)
}

/** One after the other: a reading takes one connection, not all of them. */
async function inOrder<Item, Answer>(items: readonly Item[], ask: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const item of items) answers.push(await ask(item))
  return answers
}
