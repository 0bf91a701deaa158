import type { Attribute, AttributeValues } from '../attributes/attribute.ts'
import { newCustomer } from '../customers/create-customer.ts'
import type { Customer } from '../customers/customer.ts'
import type { Order, OrderItem, OrderStatus } from '../orders/order.ts'
import { familyNames, givenNames, tagShares } from './people.ts'
import { places } from './places.ts'
import { products } from './products.ts'
import { type Chance, seededChance } from './seeded-chance.ts'

/** A shop's three years: customers, and what they ordered. */
export interface DemoShop {
  readonly customers: readonly Customer[]
  readonly orders: readonly Order[]
}

const dayMs = 24 * 60 * 60 * 1000
const yearMs = 365 * dayMs

/**
 * Invents a shop whose last moment is `anchorMs`. The same seed, anchor and sizes give the same shop, row for
 * row. Skewed like a real one: a fifth of the customers place most orders, some never order, much is unknown.
 */
export function demoShop(
  seed: number,
  anchorMs: number,
  sizes: { readonly customers: number; readonly orders: number } = { customers: 5_000, orders: 25_000 },
): DemoShop {
  const chance = seededChance(seed)
  const customers = Array.from({ length: sizes.customers }, (_, index) => inventCustomer(chance, index + 1, anchorMs))
  const pickBuyer = buyersOf(chance, customers, anchorMs)
  const orders = Array.from({ length: sizes.orders }, (_, index) =>
    inventOrder(chance, index + 1, pickBuyer(), anchorMs),
  )
  return { customers, orders }
}

function inventCustomer(chance: Chance, number: number, anchorMs: number): Customer {
  const { gender, names } = chance.pickWeighted(givenNames)
  const given = chance.pick(names)
  const family = chance.pick(familyNames)
  const createdAtMs = anchorMs - dayMs - Math.floor(chance.next() ** 1.3 * 3 * yearMs)
  const home = chance.happens(0.92) ? chance.pickWeighted(places) : null
  const seen = chance.happens(0.55)
  const consent = chance.happens(0.75) ? chance.happens(0.83) : null
  const facts = {
    externalId: `demo-${number}`,
    email: `${asciiOf(given)}.${asciiOf(family)}.${number}@mail.example`,
    name: `${given} ${family}`,
    phone: chance.happens(0.85)
      ? `+${chance.whole(1, 99)} ${chance.whole(20, 999)} ${chance.whole(1_000_000, 9_999_999)}`
      : null,
    city: home?.city ?? null,
    state: home === null || chance.happens(0.05) ? null : home.state,
    country: home?.country ?? null,
    gender: chance.happens(0.9) ? gender : null,
    birthday: chance.happens(0.62) ? birthdayOf(chance, anchorMs) : null,
    tags: Object.keys(tagShares).filter((tag) => chance.happens(tagShares[tag] ?? 0)),
    emailConsent: consent,
    consentSource: consent === null ? null : chance.pick(['checkout', 'sign-up form', 'store']),
    consentAtMs: consent === null ? null : createdAtMs,
    attributes: tierOf(number),
  }
  const opening = {
    openingSpendingMinor: 0,
    openingVisits: seen ? chance.whole(1, 12) : 0,
    openingLastVisitAtMs: seen ? latelyBetween(chance, createdAtMs, anchorMs) : null,
  }
  return newCustomer(`demo_customer_${number}`, facts, opening, createdAtMs, createdAtMs)
}

/** What the shop has declared: an attribute of its own, to be used in rules. */
export const demoAttribute: Attribute = {
  name: 'loyaltyTier',
  label: 'loyalty tier',
  type: 'choice',
  choices: ['bronze', 'silver', 'gold'],
  decimals: 0,
}

/** Four in ten are in the programme. */
function tierOf(number: number): AttributeValues {
  const tier = ['gold', 'silver', 'bronze', 'bronze'][number % 10]
  return tier === undefined ? {} : { [demoAttribute.name]: tier }
}

/** Who orders next: a fifth never does; of the others, a few order again and again, and each for as long as they have been here. */
function buyersOf(chance: Chance, customers: readonly Customer[], anchorMs: number): () => Customer {
  const reach: number[] = []
  let sum = 0
  for (const { createdAtMs } of customers) {
    const keenness = chance.happens(0.2) ? 0 : Math.min(1 / (chance.next() + 0.02), 40)
    sum += (keenness * (anchorMs - createdAtMs)) / (3 * yearMs)
    reach.push(sum)
  }
  return () => {
    const at = chance.next() * sum
    let [low, high] = [0, reach.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((reach[middle] ?? 0) > at) high = middle
      else low = middle + 1
    }
    const buyer = customers[low]
    if (buyer === undefined) throw new Error('A shop needs customers to have orders')
    return buyer
  }
}

function inventOrder(chance: Chance, number: number, buyer: Customer, anchorMs: number): Order {
  const createdAtMs = latelyBetween(chance, buyer.createdAtMs, anchorMs)
  const items = Array.from({ length: chance.pickWeighted(basketSizes).size }, () => inventItem(chance))
  return {
    id: `demo_order_${number}`,
    externalId: `demo-order-${number}`,
    customerId: buyer.id,
    items,
    totalMinor: items.reduce((sum, { quantity, priceMinor }) => sum + quantity * priceMinor, 0),
    status: statusOf(chance, anchorMs - createdAtMs),
    notes: chance.happens(0.04) ? 'Please leave at the door' : null,
    createdAtMs,
    updatedAtMs: createdAtMs,
  }
}

const basketSizes = [
  { size: 1, weight: 58 },
  { size: 2, weight: 25 },
  { size: 3, weight: 11 },
  { size: 5, weight: 6 },
]

function inventItem(chance: Chance): OrderItem {
  const { productName, category, priceMinor } = chance.pickWeighted(products)
  return {
    productName,
    category: chance.happens(0.97) ? category : null,
    quantity: chance.happens(0.8) ? 1 : chance.whole(2, 6),
    priceMinor,
  }
}

/** What is young may still be open; what is old has been delivered or called off. */
function statusOf(chance: Chance, ageMs: number): OrderStatus {
  if (chance.happens(0.07)) return 'CANCELLED'
  if (ageMs < 2 * dayMs) return chance.pick(['PENDING', 'PENDING', 'PROCESSING'])
  if (ageMs < 6 * dayMs) return chance.pick(['PROCESSING', 'COMPLETED'])
  return 'COMPLETED'
}

/** An instant between the two, rather later than earlier, to the second. */
function latelyBetween(chance: Chance, fromMs: number, toMs: number): number {
  return fromMs + Math.floor((1 - chance.next() ** 1.6) * ((toMs - fromMs) / 1000)) * 1000
}

function birthdayOf(chance: Chance, anchorMs: number): string {
  const ageDays = chance.whole(18 * 365, 78 * 365)
  return new Date(anchorMs - ageDays * dayMs).toISOString().slice(0, 10)
}

/** The name as it may stand in an address. */
function asciiOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll('ı', 'i').replaceAll('Ł', 'L').replaceAll('ł', 'l')
  return plain.replace(/[^A-Za-z]/g, '').toLowerCase()
}
