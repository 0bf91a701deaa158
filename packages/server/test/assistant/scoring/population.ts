import type { Catalog, DataRecord, Field } from '@muster/segment-core'
import { boundaryInstants } from './instants.ts'
import { candidates, type Mentions } from './mentions.ts'

/** Customers whose facts lie on and around everything that some rules speak of. */
export function createPopulation(size: number, material: Material): DataRecord[] {
  const instants = boundaryInstants(material.mentions, material.now, material.timeZone)
  return Array.from({ length: size }, () => createCustomer({ ...material, instants }))
}

interface Material {
  readonly catalog: Catalog
  readonly mentions: Mentions
  readonly now: number
  readonly timeZone: string
  readonly chance: () => number
}

type Making = Material & { readonly instants: readonly number[] }

/** So many orders are enough to pass every usual figure, and few enough to be quick. */
const mostOrders = 60

function createCustomer(making: Making): DataRecord {
  const { mentions, chance } = making
  const facts = createFacts('customers', making)
  const counts = [
    0,
    1,
    2,
    3,
    ...around(mentions.values.get('customers.orderCount') ?? []),
    ...around(mentions.figures.get('orders') ?? []),
  ]
  const wanted = Math.min(
    pick(
      counts.filter((count) => count >= 0 && count <= mostOrders),
      chance,
    ),
    mostOrders,
  )
  const totals = [
    0,
    ...cents(mentions.values.get('customers.totalSpending') ?? []),
    ...cents(mentions.figures.get('orders') ?? []),
  ]
  const orders = createOrders(wanted, pick(totals, chance), making)
  const completed =
    orders.filter(({ status }) => status === 'COMPLETED').reduce((sum, { total }) => sum + Math.round(total * 100), 0) /
    100
  const messages = Array.from(
    {
      length: pick(
        [0, 1, 1, 2, 3, ...around(mentions.figures.get('messages') ?? [])].filter((n) => n >= 0 && n <= mostOrders),
        chance,
      ),
    },
    () => createFacts('messages', making),
  )
  return {
    ...facts,
    totalSpending: completed,
    orderCount: orders.filter(({ status }) => status !== 'CANCELLED').length,
    orders,
    messages,
  }
}

function around(values: readonly unknown[]): number[] {
  return values
    .flat()
    .flatMap((value) =>
      typeof value === 'number' ? [Math.floor(value) - 1, Math.floor(value), Math.floor(value) + 1] : [],
    )
}

function cents(values: readonly unknown[]): number[] {
  return values
    .flat()
    .flatMap((value) => (typeof value === 'number' && value > 0 ? [value - 0.01, value, value + 0.01] : []))
}

type Order = DataRecord & { readonly status: string; readonly total: number }

/** Orders of which `count` are not cancelled, and whose completed ones come to a total where there are any. */
function createOrders(count: number, spent: number, making: Making): Order[] {
  const { chance } = making
  const shared = chance() < 0.5 ? pick(making.instants, chance) : null
  const orders: Order[] = []
  let left = spent
  for (let made = 0; made < count; made += 1) {
    const facts = createFacts('orders', making)
    const isCompleted = chance() < 0.7
    const own = Number(facts['total'] ?? 0)
    const isLast = made === count - 1
    const total = isCompleted ? (isLast || chance() < 0.5 ? Math.max(left, 0) : Math.min(own, Math.max(left, 0))) : own
    if (isCompleted) left -= total
    orders.push({
      ...facts,
      ...(shared === null ? {} : { createdAt: new Date(shared) }),
      status: isCompleted ? 'COMPLETED' : pick(['PENDING', 'PROCESSING'], chance),
      total: Math.round(total * 100) / 100,
      items: createItems(making),
    })
  }
  const cancelled = pick([0, 0, 1, 2, 3], chance)
  for (let made = 0; made < cancelled; made += 1) {
    const facts = createFacts('orders', making)
    orders.push({ ...facts, status: 'CANCELLED', total: Number(facts['total'] ?? 0), items: createItems(making) })
  }
  return orders
}

function createItems(making: Making): DataRecord[] {
  return Array.from({ length: pick([0, 1, 1, 2], making.chance) }, () => createFacts('items', making))
}

function createFacts(entity: string, making: Making): DataRecord {
  const { catalog, mentions, instants, chance } = making
  const facts: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(catalog.entities[entity]?.fields ?? {})) {
    const mentioned = mentions.values.has(`${entity}.${name}`)
    if (field.required !== true && chance() < 0.15) continue
    const choices = candidates(`${entity}.${name}`, field, mentions, mentioned || field.type === 'date' ? instants : [])
    facts[name] = factOf(field, choices, chance)
  }
  return facts
}

function factOf(field: Field, choices: readonly unknown[], chance: () => number): unknown {
  if (field.type !== 'tags') return pick(choices, chance)
  return choices.filter(() => chance() < 0.45)
}

function pick<Item>(items: readonly Item[], chance: () => number): Item {
  return items[Math.floor(chance() * items.length)]!
}
