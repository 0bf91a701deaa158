import { nanoid } from 'nanoid'
import type { TestDatabase } from '../../../../testing/databases.ts'
import { insertWorkspace, requireWorkspace, updateWorkspace } from '../../src/accounts/workspaces-store.ts'
import { createMemories } from '../../src/analytics/analytics-parts.ts'
import { openBooks } from '../../src/analytics/open-books.ts'
import { eraseCustomer } from '../../src/customers/change-customer.ts'
import { importCustomers } from '../../src/customers/import-customers.ts'
import { connect, disconnect } from '../../src/database/connect.ts'
import { migrate } from '../../src/database/migrate.ts'
import { eraseCustomer as eraseTraces } from '../../src/deliveries/erase-customer.ts'
import { changeOrder, moveOrder, removeOrder } from '../../src/orders/change-order.ts'
import { importOrders } from '../../src/orders/import-orders.ts'
import type { OrderStatus } from '../../src/orders/order.ts'
import { placeOrder } from '../../src/orders/place-order.ts'
import { ProblemError } from '../../src/problems/problem-error.ts'

/** An order in a few words; without a product it is one of a ledger, with its total alone. */
export interface Stated {
  readonly buyerId: string
  readonly cents: number
  readonly status: OrderStatus
  readonly product: string
}

/** A database with the server's own actions over it and a clock that is moved by hand. */
export type AnalyticsShop = Awaited<ReturnType<typeof openShop>>

export async function openShop(database: TestDatabase, startMs: number) {
  const opened = await database.open()
  const here = await connect(opened.url)
  const { knex } = here
  let nowMs = startMs
  await migrate(here, nowMs)
  const world = { nowMs: () => nowMs, after: () => () => {}, random: () => 0.5, newId: () => nanoid() }
  const timeZoneOf = async (workspaceId: string) => (await requireWorkspace(knex, workspaceId)).timeZone
  const parts = { ...here, world, eraseTraces, timeZoneOf, memories: createMemories() }

  return {
    knex,
    url: opened.url,
    world,
    close: async () => {
      await disconnect(here)
      await opened.close()
    },
    wait: async (byMs: number) => {
      nowMs += byMs
    },
    newWorkspace: async (timeZone: string) => {
      const workspaceId = nanoid()
      await insertWorkspace(
        knex,
        { id: workspaceId, name: 'W', timeZone, currency: 'USD', consentPolicy: 'opt-out' },
        nowMs,
      )
      return { workspaceId, userId: nanoid() }
    },
    changeZone: async ({ workspaceId }: Asker, timeZone: string) => {
      await updateWorkspace(knex, { ...(await requireWorkspace(knex, workspaceId)), timeZone })
    },
    look: async ({ workspaceId }: Asker) => {
      await openBooks(parts, workspaceId)
    },
    /** As another process would, which shares nothing but the database. */
    lookFromElsewhere: async ({ workspaceId }: Asker) => {
      await openBooks({ ...parts, memories: createMemories() }, workspaceId)
    },
    /** By somebody whose clock shows so much more each time they look at it. */
    lookInHaste: async ({ workspaceId }: Asker, hurryMs: number) => {
      let shownMs = nowMs
      const hasty = { ...world, nowMs: () => (shownMs += hurryMs) }
      await openBooks({ ...parts, world: hasty }, workspaceId)
    },
    join: async (asker: Asker, atMs: readonly number[]) => {
      const rows = atMs.map((each) => ({
        ok: true as const,
        value: { email: `${nanoid().toLowerCase()}@mail.example`, name: 'N', createdAt: new Date(each).toISOString() },
      }))
      await importCustomers(parts, asker, rows)
    },
    leave: (asker: Asker, customerId: string) => eraseCustomer(parts, asker.workspaceId, customerId),
    place: async (asker: Asker, stated: Stated) => {
      await placeOrder(parts, asker.workspaceId, inputOf(stated))
    },
    change: (asker: Asker, orderId: string, stated: Stated) =>
      orRefused(async () => {
        await changeOrder(parts, asker, orderId, inputOf(stated))
      }),
    move: (asker: Asker, orderId: string, status: OrderStatus) =>
      orRefused(async () => {
        await moveOrder(parts, asker, orderId, status)
      }),
    remove: (asker: Asker, orderId: string) => removeOrder(parts, asker, orderId),
    importOne: async (
      asker: Asker,
      {
        buyerId,
        cents,
        status,
        product,
        externalId,
        atMs,
      }: Omit<Stated, 'product'> & {
        readonly product: string | null
        readonly externalId: string
        readonly atMs: number
      },
    ) => {
      const value = {
        externalId,
        customerId: buyerId,
        status,
        total: cents / 100,
        createdAt: new Date(atMs).toISOString(),
        ...(product === null ? {} : { items: [{ productName: product, quantity: 1, price: cents / 100 }] }),
      }
      await importOrders(parts, asker, [{ ok: true, value }])
    },
  }
}

interface Asker {
  readonly workspaceId: string
  readonly userId: string
}

function inputOf({ buyerId, cents, status, product }: Stated) {
  const [price, total] = [cents / 100, (3 * cents) / 100]
  const items = [
    { productName: product, quantity: 2, price },
    { productName: product.toUpperCase(), quantity: 1, price },
  ] as const
  return { customerId: buyerId, status, items, total }
}

/** Refusals are part of a story: they must change nothing. */
async function orRefused(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
  }
}
