import type { Catalog } from '@muster/segment-core'

/** The catalog with a workspace's currency. */
export type CatalogFor = (currency: string) => Catalog

/** There are fewer currencies than this. */
const mostCurrencies = 400

/** One catalog for each currency: the reader remembers what it has prepared for a catalog. */
export function createCatalogFor(catalog: Catalog): CatalogFor {
  const made = new Map<string, Catalog>()
  return (currency) => {
    if (catalog.currency === currency) return catalog
    const known = made.get(currency)
    if (known !== undefined) return known
    const own = { ...catalog, currency }
    if (made.size < mostCurrencies) made.set(currency, own)
    return own
  }
}
