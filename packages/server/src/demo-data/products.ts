/** What the demo shop sells: the price of one piece in minor units, and how well it sells. */
export interface Product {
  readonly productName: string
  readonly category: string
  readonly priceMinor: number
  readonly weight: number
}

const shelf = (category: string, ...products: readonly (readonly [string, number, number])[]): readonly Product[] =>
  products.map(([productName, priceMinor, weight]) => ({ productName, category, priceMinor, weight }))

export const products: readonly Product[] = [
  ...shelf(
    'shoes',
    ['Trail running shoes', 8_900, 8],
    ['Leather boots', 14_950, 4],
    ['Canvas sneakers', 4_500, 9],
    ['Sandals', 2_999, 5],
  ),
  ...shelf(
    'clothing',
    ['Cotton T-shirt', 1_499, 14],
    ['Linen shirt', 3_900, 7],
    ['Rain jacket', 9_900, 4],
    ['Wool sweater', 6_450, 5],
  ),
  ...shelf(
    'books',
    ['Cookbook', 2_499, 6],
    ['Travel guide', 1_899, 4],
    ['Crime novel', 999, 9],
    ['Picture book', 1_250, 5],
  ),
  ...shelf(
    'electronics',
    ['Headphones', 7_999, 6],
    ['Phone case', 1_299, 9],
    ['Smart watch', 24_900, 2],
    ['USB cable', 899, 10],
  ),
  ...shelf(
    'kitchen',
    ['Tea pot', 3_200, 5],
    ['Chef knife', 5_900, 4],
    ['Coffee grinder', 6_800, 3],
    ['Set of bowls', 2_750, 5],
  ),
  ...shelf('beauty', ['Face cream', 2_100, 6], ['Shampoo', 850, 9], ['Perfume', 5_500, 3]),
  ...shelf('toys', ['Building blocks', 3_499, 5], ['Puzzle', 1_599, 6], ['Board game', 4_200, 4]),
  ...shelf('sports', ['Yoga mat', 2_600, 5], ['Dumbbells', 4_800, 3], ['Cricket bat', 7_200, 3]),
  ...shelf(
    'grocery',
    ['Green tea', 650, 12],
    ['Dark chocolate', 399, 14],
    ['Olive oil', 1_150, 8],
    ['Basmati rice', 780, 9],
  ),
  ...shelf('gifts', ['Gift card', 5_000, 4], ['Scented candle', 1_750, 6], ['Sample', 0, 1]),
]
