import type { Rule } from '@muster/segment-core'
import type { Random } from '../measuring/random.ts'
import { dayMs, nowMs } from '../predicates/customers/records.ts'
import type { Formulation } from './formulation.ts'
import { rareCity, workspaceId } from './shop.ts'

/** A rule as marketers write them, and the ways in which a person would write it in SQL. */
export interface TypicalRule {
  readonly rule: Rule
  readonly formulations: readonly Formulation[]
}

/** A condition of such a rule, and its SQL by the shape that is chosen for figures. */
interface Part {
  readonly rule: Rule
  readonly sql: Readonly<Record<Shape, string>>
}

type Shape = 'correlated' | 'uncorrelated'

const shapes: readonly Shape[] = ['correlated', 'uncorrelated']

/** One to four conditions, of which none to two are over orders, joined by AND more often than by OR. */
export function typicalRule(random: Random): TypicalRule {
  const figures = Array.from({ length: random.below(3) }, () => figurePart(random))
  const facts = Array.from({ length: random.below(3) + (figures.length === 0 ? 1 : 0) }, () => factPart(random))
  const parts = [...facts, ...figures]
  const isAll = random.happens(0.7)
  const written = combinations(figures.length).map((chosen) => {
    const conditions = [
      ...facts.map(({ sql }) => sql.correlated),
      ...figures.map(({ sql }, index) => sql[chosen[index]!]),
    ].join(isAll ? ' and ' : ' or ')
    return {
      name: chosen.join(', ') || 'plain',
      sql: `select count(*) as size from customers c where c.workspace_id = '${workspaceId}' and (${conditions})`,
    }
  })
  return {
    rule: { logic: isAll ? 'AND' : 'OR', conditions: parts.map(({ rule }) => rule) },
    formulations: written,
  }
}

function combinations(figures: number): readonly (readonly Shape[])[] {
  if (figures === 0) return [[]]
  return combinations(figures - 1).flatMap((chosen) => shapes.map((shape) => [...chosen, shape]))
}

function factPart(random: Random): Part {
  const spent = 100 * random.below(40)
  const visits = 1 + random.below(60)
  const city = random.happens(0.2) ? rareCity : `City ${random.below(200)}`
  const cities = [city, `City ${random.below(200)}`, `City ${random.below(200)}`]
  const days = 10 + random.below(300)
  const [folded, foldedAll] = [city.toLowerCase(), cities.map((one) => `'${one.toLowerCase()}'`)]
  const facts: readonly (readonly [Rule, string])[] = [
    [{ field: 'totalSpending', operator: '>', value: spent }, `c.total_spending_minor > ${spent * 100}`],
    [{ field: 'visitCount', operator: '>=', value: visits }, `c.visit_count >= ${visits}`],
    [{ field: 'city', operator: '=', value: city }, `c.city_folded = '${folded}'`],
    [{ field: 'city', operator: 'in', value: cities }, `c.city_folded in (${foldedAll.join(', ')})`],
    [{ field: 'country', operator: '=', value: 'Nepal' }, `c.country_folded = 'nepal'`],
    [{ field: 'emailConsent', operator: '=', value: true }, `c.email_consent = true`],
    [
      { field: 'lastVisit', operator: 'notWithinLast', value: { days } },
      `(c.last_visit_at_ms is null or c.last_visit_at_ms < ${nowMs - days * dayMs} or c.last_visit_at_ms > ${nowMs})`,
    ],
    [
      { field: 'createdAt', operator: 'withinLast', value: { days } },
      `c.created_at_ms between ${nowMs - days * dayMs} and ${nowMs}`,
    ],
  ]
  const [rule, sql] = random.oneOf(facts)
  return { rule, sql: { correlated: sql, uncorrelated: sql } }
}

function figurePart(random: Random): Part {
  const days = random.oneOf([7, 30, 90, 180, 365])
  const isCompleted = random.happens(0.5)
  const lately: Rule = { field: 'createdAt', operator: 'withinLast', value: { days } }
  const where: Rule = isCompleted
    ? { logic: 'AND', conditions: [{ field: 'status', operator: '=', value: 'COMPLETED' }, lately] }
    : lately
  const condition = [
    `o.workspace_id = '${workspaceId}' and o.created_at_ms between ${nowMs - days * dayMs} and ${nowMs}`,
    ...(isCompleted ? [`o.status = 'COMPLETED'`] : []),
  ].join(' and ')
  const orders = `from orders o where ${condition}`
  const own = `${orders} and o.customer_id = c.id`
  const having = (figure: string) => `c.id in (select o.customer_id ${orders} group by o.customer_id having ${figure})`
  const least = 2 + random.below(4)
  const spent = 100 * (1 + random.below(10))
  const figures: readonly Part[] = [
    {
      rule: { aggregate: 'count', of: 'orders', where, operator: '>=', value: 1 },
      sql: {
        correlated: `exists (select 1 ${own})`,
        uncorrelated: `c.id in (select o.customer_id ${orders})`,
      },
    },
    {
      rule: { aggregate: 'count', of: 'orders', where, operator: '=', value: 0 },
      sql: {
        correlated: `not exists (select 1 ${own})`,
        uncorrelated: `c.id not in (select o.customer_id ${orders})`,
      },
    },
    {
      rule: { aggregate: 'count', of: 'orders', where, operator: '>=', value: least },
      sql: {
        correlated: `(select count(*) ${own}) >= ${least}`,
        uncorrelated: having(`count(*) >= ${least}`),
      },
    },
    {
      rule: { aggregate: 'sum', of: 'orders', field: 'total', where, operator: '>', value: spent },
      sql: {
        correlated: `(select coalesce(sum(o.total_minor), 0) ${own}) > ${spent * 100}`,
        uncorrelated: having(`sum(o.total_minor) > ${spent * 100}`),
      },
    },
  ]
  return random.oneOf(figures)
}
