import type { KnownValues } from '@muster/nl-rules'
import type { Knex } from 'knex'
import type { World } from '../world/world.ts'
import { listKnownValues } from './known-values-store.ts'
import { withCityNames, withCountryNames } from './place-names.ts'

/** The values that occur in a workspace, as of a little while ago. */
export type FindKnownValues = (workspaceId: string) => Promise<KnownValues>

/** A new city or tag is known after this time; until then it is read as an unknown one. */
const freshMs = 10 * 60_000
/** As many workspaces are remembered; the one asked for longest ago is forgotten. */
const mostWorkspaces = 200

/** Looks values up once for many sentences: counting them walks through all customers of a workspace. */
export function createKnownValues({ knex, world }: { readonly knex: Knex; readonly world: World }): FindKnownValues {
  const remembered = new Map<string, { readonly values: Promise<KnownValues>; readonly asOfMs: number }>()
  return (workspaceId) => {
    const known = remembered.get(workspaceId)
    if (known !== undefined && world.nowMs() - known.asOfMs < freshMs) return known.values
    const values = listKnownValues(knex, workspaceId).then(withOtherNames)
    remembered.delete(workspaceId)
    remembered.set(workspaceId, { values, asOfMs: world.nowMs() })
    // A failure is told to whoever asked, and not remembered.
    values.catch(() => remembered.delete(workspaceId))
    const [oldest] = remembered.keys()
    if (remembered.size > mostWorkspaces && oldest !== undefined) remembered.delete(oldest)
    return values
  }
}

function withOtherNames(values: KnownValues): KnownValues {
  const { city = [], country = [], ...others } = values['customers'] ?? {}
  return { ...values, customers: { ...others, city: withCityNames(city), country: withCountryNames(country) } }
}
