import * as fc from 'fast-check'
import { writeDay, writeInstant } from '../../src/time/calendar-day.ts'
import {
  amounts,
  moments,
  oneDecimal,
  tagTexts,
  texts,
  textsWithNul,
  threeDecimals,
  wholeNumbers,
  words,
} from './pools.ts'

/** People as predicates see them, with orders, items and calls; values missing often, and at the edges. */
export function arbitraryPerson(hasNul: boolean): fc.Arbitrary<Record<string, unknown>> {
  const text = fc.constantFrom<string>(...texts, ...(hasNul ? textsWithNul : []))
  const item = record({
    category: text,
    sku: text,
    quantity: fc.constantFrom(...wholeNumbers),
    price: fc.constantFrom(...amounts),
  })
  const order = fc
    .tuple(
      record({
        total: fc.constantFrom(...amounts),
        paid: fc.constantFrom(...amounts),
        weight: fc.constantFrom(...threeDecimals),
        pieces: fc.constantFrom(...wholeNumbers),
        status: fc.constantFrom(...words.status, 'unknown', 'completed'),
        note: text,
        gift: fc.boolean(),
        shippedAt: instant,
        dueOn: day,
      }),
      instant,
      fc.array(item, { maxLength: 2 }),
    )
    .map(([rest, createdAt, items]) => ({ ...rest, createdAt, items }))
  const call = record({ minutes: fc.constantFrom(...wholeNumbers), at: instant, topics: tags })
  return fc
    .tuple(
      record({
        name: text,
        city: text,
        code: text,
        gender: fc.constantFrom(...words.gender, 'Female', ''),
        visits: fc.constantFrom(...wholeNumbers),
        rating: fc.constantFrom(...oneDecimal),
        spend: fc.constantFrom(...amounts),
        credit: fc.constantFrom(...amounts),
        active: fc.boolean(),
        birthday: day,
        joinedOn: day,
        lastVisit: instant,
        seenAt: instant,
        tags,
        labels: tags,
      }),
      attributes,
      instant,
      fc.array(order, { maxLength: 3 }),
      fc.array(call, { maxLength: 2 }),
    )
    .map(([facts, custom, createdAt, orders, calls]) => ({ ...custom, ...facts, createdAt, orders, calls }))
}

/** Each key may be absent: a missing value. */
function record(shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const optional = Object.fromEntries(
    Object.entries(shape).map(([name, arbitrary]) => [name, fc.option(arbitrary, { freq: 5, nil: null })]),
  )
  return fc.record(optional)
}

const dayMs = 86_400_000

const instantMs = fc
  .tuple(
    fc.constantFrom(...moments),
    fc.oneof(
      fc.constantFrom(0, 0, 1, -1, 1000, -1000, -3_600_000, 3_600_000),
      fc.constantFrom(-1, 1).chain((edge) => fc.integer({ min: -100, max: 100 }).map((days) => days * dayMs + edge)),
      fc.integer({ min: -24, max: 24 }).map((hours) => hours * 3_600_000),
      fc.integer({ min: -400 * dayMs, max: 400 * dayMs }),
    ),
  )
  .map(([base, shift]) => base + shift)

/** As the predicate's records hold it: ISO text or a `Date`. */
const instant = fc.tuple(instantMs, fc.boolean()).map(([ms, isDate]) => (isDate ? new Date(ms) : writeInstant(ms)))

const day = fc
  .tuple(
    fc.constantFrom(...moments),
    fc.integer({ min: -40, max: 40 }),
    fc.constantFrom(0, 0, -1, -4, -30),
    fc.constantFrom(0, 0, 0, 1),
  )
  .map(([base, shift, years, leap]) => {
    if (leap === 1) return '2000-02-29'
    const date = new Date(base + shift * dayMs)
    date.setUTCFullYear(date.getUTCFullYear() + years)
    return writeDay(Math.floor(date.getTime() / dayMs))
  })

const tags = fc.array(fc.constantFrom(...tagTexts), { maxLength: 3 })

/** Values of the right type, of others, and almost right ones. */
const strange = fc.constantFrom<unknown>(null, true, false, 0, 1.5, 1.005, 1e300, 'text', '5', [], ['a', 1], {}, '')

const attributes = fc.record(
  {
    plan: fc.oneof(fc.constantFrom(...texts), strange),
    key: fc.oneof(fc.constantFrom(...texts), strange),
    size: fc.oneof(fc.constantFrom(...words.size, 's', 'XL'), strange),
    points: fc.oneof(fc.constantFrom(...wholeNumbers, 2.5, 1e15, 999_999_999_999_999), strange),
    score: fc.oneof(fc.constantFrom(...amounts.filter((one) => Math.abs(one) < 1e12), 0.005, 1.999), strange),
    budget: fc.oneof(
      fc.constantFrom<unknown>(
        ...amounts,
        '12.5',
        '12.50',
        '12.500',
        '-0.01',
        '007',
        '1e3',
        '.5',
        '5.',
        '',
        '-',
        '1.005',
        ' 1',
        '1\n',
        '+1',
        '9999999999999.99',
      ),
      strange,
    ),
    vip: fc.oneof(fc.boolean(), strange),
    wedding: fc.oneof(
      day,
      fc.constantFrom(
        '2024-02-30',
        '2023-02-29',
        '2000-02-29',
        '1899-12-31',
        '2024-13-01',
        '2024-2-1',
        '2024-02-01T00:00:00Z',
        '2024-02-01\n',
        ' 2024-02-01',
        '9999-12-31',
      ),
      strange,
    ),
    renewal: fc.oneof(
      instantMs.map(writeInstant),
      instantMs.map((ms) => writeInstant(ms + 19_800_000).replace('Z', '+05:30')),
      instantMs.map((ms) => writeInstant(ms - 84_600_000).replace('Z', '-23:30')),
      instantMs.map((ms) => `${writeInstant(ms).slice(0, 19)}Z`),
      instantMs.map((ms) => `${writeInstant(ms).slice(0, 21)}Z`),
      fc.constantFrom(
        '2024-02-29',
        '2024-02-29T10:00Z',
        '2024-02-29T10:00:00',
        '2024-02-29T24:00:00Z',
        '2024-02-29T10:60:00Z',
        '2024-02-29T10:00:00.1234Z',
        '2024-02-29T10:00:00+24:00',
        '2024-02-29T10:00:00+05:60',
        '2024-02-29T10:00:00z',
        '2024-02-29 10:00:00Z',
        '2024-02-30T10:00:00Z',
        '2024-02-29T10:00:00.Z',
        '2024-02-29T10:00:00Z\n',
      ),
      strange,
    ),
    hobbies: fc.oneof(tags, strange),
  },
  { requiredKeys: [] },
)
