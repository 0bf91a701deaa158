import { largestAmount, majorOf, minorOf, minorOfSum } from '../money/minor-units.ts'
import type { Fault } from '../problems/problem-error.ts'
import type { ItemInput, OrderItem } from './order.ts'

/** Items as stored: prices in minor units. Their decimals have been checked at the door. */
export function itemsOf(items: readonly ItemInput[]): readonly OrderItem[] {
  return items.map(({ productName, category, quantity, price }) => ({
    productName,
    category: category || null,
    quantity,
    priceMinor: minorOf(price) ?? 0,
  }))
}

/** What the items come to, exactly, or null when it is more than an amount can be. */
export function sumOf(items: readonly OrderItem[]): number | null {
  const sum = items.reduce((total, { quantity, priceMinor }) => total + BigInt(quantity) * BigInt(priceMinor), 0n)
  return sum > BigInt(minorOf(largestAmount) ?? 0) ? null : Number(sum)
}

/** What is wrong with a stated total: it must be what the items come to, but for a browser's noise. */
export function totalFault(stated: number, items: readonly OrderItem[]): Fault | null {
  const sumMinor = sumOf(items)
  if (sumMinor === null) return { path: '/items', message: 'The items come to more than an amount can be' }
  if (minorOfSum(stated) === sumMinor) return null
  return { path: '/total', message: `"total" must be ${majorOf(sumMinor)}, which the items come to` }
}
