import type { DialectName, Rule } from '@muster/segment-core'
import { dayMs, nowMs } from '../predicates/customers/records.ts'
import type { Formulation } from './formulation.ts'
import type { LoadedShop } from './load-shop.ts'
import { fiveCities, rareCity, workspaceId } from './shop.ts'

/** A question about the shop: as a rule, and in all the ways in which people write it in SQL. */
export interface Question {
  readonly name: string
  readonly rule: Rule
  formulations(dialect: DialectName): readonly Formulation[]
}

const spendingMinor = 300_000
const sumMinor = 60_000
const [since90, since180, since365] = [90, 180, 365].map((days) => nowMs - days * dayMs) as [number, number, number]

const spends: Rule = { field: 'totalSpending', operator: '>', value: spendingMinor / 100 }
const spendsSql = `c.total_spending_minor > ${spendingMinor}`

const spentLately: Rule = {
  aggregate: 'sum',
  of: 'orders',
  field: 'total',
  where: {
    logic: 'AND',
    conditions: [
      { field: 'status', operator: '=', value: 'COMPLETED' },
      { field: 'createdAt', operator: 'withinLast', value: { days: 90 } },
    ],
  },
  operator: '>',
  value: sumMinor / 100,
}

const withinLast = (sinceMs: number) => `o.created_at_ms between ${sinceMs} and ${nowMs}`
const ordersSince = (sinceMs: number) =>
  `from orders o where o.workspace_id = '${workspaceId}' and ${withinLast(sinceMs)}`
const ofCustomer = 'o.customer_id = c.id'
const orders90 = `${ordersSince(since90)} and o.status = 'COMPLETED'`
const perCustomer90 = `select o.customer_id ${orders90} group by o.customer_id having sum(o.total_minor) > ${sumMinor}`
const sum90 = `select coalesce(sum(o.total_minor), 0) ${orders90} and ${ofCustomer}`

const correlated90 = `(${sum90}) > ${sumMinor}`
const in90 = `c.id in (${perCustomer90})`

/** Q1 to Q7: a plain one, one figure, absence, OR, two figures over one relation, AND with a selective neighbour, one customer. */
export function questionsAbout({ busiestId }: LoadedShop): readonly Question[] {
  return [plain(), figureAlone(), absence(), eitherOr(), twoFigures(), besideSelective(), oneCustomer(busiestId)]
}

function plain(): Question {
  const folded = fiveCities.map((city) => `'${city.toLowerCase()}'`)
  return {
    name: `Q1 spending > A and city in (5)`,
    rule: { logic: 'AND', conditions: [spends, { field: 'city', operator: 'in', value: fiveCities }] },
    formulations: () => [
      count('in', `${spendsSql} and c.city_folded in (${folded.join(', ')})`),
      count('or', `${spendsSql} and (${folded.map((city) => `c.city_folded = ${city}`).join(' or ')})`),
      count('lower() in', `${spendsSql} and lower(c.city) in (${folded.join(', ')})`),
    ],
  }
}

function figureAlone(): Question {
  return {
    name: 'Q2 sum90 > X',
    rule: spentLately,
    formulations: (dialect) => [
      count('correlated', correlated90),
      count('in', in90),
      joined('join of derived', perCustomer90),
      { name: 'left join of derived', sql: leftJoined90 },
      { name: 'derived alone', sql: `select count(*) as size from (${perCustomer90}) t`, isUnsafe: true },
      ...(dialect === 'postgresql' ? [count('= any(array)', `c.id = any(array(${perCustomer90}))`)] : []),
    ],
  }
}

const leftJoined90 = `select count(*) as size from customers c left join (
  select o.customer_id, sum(o.total_minor) as spent ${orders90} group by o.customer_id
) t on t.customer_id = c.id where c.workspace_id = '${workspaceId}' and coalesce(t.spent, 0) > ${sumMinor}`

function absence(): Question {
  const recent = ordersSince(since180)
  return {
    name: 'Q3 no order in 180 days',
    rule: {
      aggregate: 'count',
      of: 'orders',
      where: { field: 'createdAt', operator: 'withinLast', value: { days: 180 } },
      operator: '=',
      value: 0,
    },
    formulations: (dialect) => [
      count('correlated count', `(select count(*) ${recent} and ${ofCustomer}) = 0`),
      count('not exists', `not exists (select 1 ${recent} and ${ofCustomer})`),
      count('not in', `c.id not in (select o.customer_id ${recent})`),
      ...(dialect === 'mysql' || dialect === 'mariadb' ? [] : [{ name: 'except', sql: exceptRecent(recent) }]),
      {
        name: 'all - distinct',
        sql: `select (select count(*) from customers c where c.workspace_id = '${workspaceId}') - (select count(distinct o.customer_id) ${recent}) as size`,
        isUnsafe: true,
      },
    ],
  }
}

function exceptRecent(recent: string): string {
  return `select count(*) as size from (
    select c.id from customers c where c.workspace_id = '${workspaceId}' except select o.customer_id ${recent}
  ) t`
}

function eitherOr(): Question {
  const big = `select c.id from customers c where c.workspace_id = '${workspaceId}' and ${spendsSql}`
  return {
    name: 'Q4 spending > A or sum90 > X',
    rule: { logic: 'OR', conditions: [spends, spentLately] },
    formulations: () => [
      count('or correlated', `(${spendsSql} or ${correlated90})`),
      count('or in', `(${spendsSql} or ${in90})`),
      count('in union', `c.id in (${big} union ${perCustomer90})`),
      {
        name: 'union of ids',
        sql: `select count(*) as size from (${big} union ${perCustomer90}) t`,
        isUnsafe: true,
      },
    ],
  }
}

/** The table's category is the order's status here: categories belong to items. */
function twoFigures(): Question {
  const lately: Rule = { field: 'createdAt', operator: 'withinLast', value: { days: 365 } }
  const cancelled: Rule = { field: 'status', operator: '=', value: 'CANCELLED' }
  const orders = ordersSince(since365)
  const none = `not exists (select 1 ${orders} and o.status = 'CANCELLED' and ${ofCustomer})`
  const three = `(select count(*) ${orders} and ${ofCustomer})`
  const group = `group by o.customer_id having`
  return {
    name: 'Q5 >= 3 orders and none cancelled in 365 days',
    rule: {
      logic: 'AND',
      conditions: [
        { aggregate: 'count', of: 'orders', where: lately, operator: '>=', value: 3 },
        {
          aggregate: 'count',
          of: 'orders',
          where: { logic: 'AND', conditions: [lately, cancelled] },
          operator: '=',
          value: 0,
        },
      ],
    },
    formulations: () => [
      count(
        'two correlated counts',
        `${three} >= 3 and (select count(*) ${orders} and o.status = 'CANCELLED' and ${ofCustomer}) = 0`,
      ),
      count('count + not exists', `${three} >= 3 and ${none}`),
      count('offset 2 + not exists', `exists (select 1 ${orders} and ${ofCustomer} limit 1 offset 2) and ${none}`),
      count('in + not exists', `c.id in (select o.customer_id ${orders} ${group} count(*) >= 3) and ${none}`),
      count(
        'in one derived',
        `c.id in (select o.customer_id ${orders} ${group} count(*) >= 3 and sum(case when o.status = 'CANCELLED' then 1 else 0 end) = 0)`,
      ),
    ],
  }
}

function besideSelective(): Question {
  const isThere = `c.city_folded = '${rareCity.toLowerCase()}'`
  return {
    name: 'Q6 a city of 0.1 % and sum90 > X',
    rule: { logic: 'AND', conditions: [{ field: 'city', operator: '=', value: rareCity }, spentLately] },
    formulations: () => [
      count('and correlated', `${isThere} and ${correlated90}`),
      count('and in', `${isThere} and ${in90}`),
      joined('and join of derived', perCustomer90, isThere),
      {
        name: 'joined into derived',
        sql: `select count(*) as size from (
          select c.id from customers c join orders o on ${ofCustomer}
          where c.workspace_id = '${workspaceId}' and ${isThere} and o.workspace_id = '${workspaceId}'
            and o.status = 'COMPLETED' and ${withinLast(since90)}
          group by c.id having sum(o.total_minor) > ${sumMinor}
        ) t`,
      },
    ],
  }
}

function oneCustomer(id: string): Question {
  return {
    name: 'Q7 one customer and sum90 > X',
    rule: { logic: 'AND', conditions: [{ field: 'id', operator: '=', value: id }, spentLately] },
    formulations: () => [
      count('and correlated', `c.id = '${id}' and ${correlated90}`),
      count('and in', `c.id = '${id}' and ${in90}`),
      count(
        'and in, with the id inside',
        `c.id = '${id}' and c.id in (select o.customer_id ${orders90} and o.customer_id = '${id}' group by o.customer_id having sum(o.total_minor) > ${sumMinor})`,
      ),
    ],
  }
}

function count(name: string, condition: string): Formulation {
  return {
    name,
    sql: `select count(*) as size from customers c where c.workspace_id = '${workspaceId}' and ${condition}`,
  }
}

function joined(name: string, derived: string, condition = '1 = 1'): Formulation {
  return {
    name,
    sql: `select count(*) as size from customers c join (${derived}) t on t.customer_id = c.id where c.workspace_id = '${workspaceId}' and ${condition}`,
  }
}
