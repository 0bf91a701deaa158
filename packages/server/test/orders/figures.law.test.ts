import fc from 'fast-check'
import { nanoid } from 'nanoid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { insertUser } from '../../src/accounts/users-store.ts'
import { insertMembership, insertWorkspace } from '../../src/accounts/workspaces-store.ts'
import { changeCustomer, eraseCustomer } from '../../src/customers/change-customer.ts'
import { createCustomer } from '../../src/customers/create-customer.ts'
import type { CustomerParts } from '../../src/customers/customer-parts.ts'
import { findCustomer } from '../../src/customers/customer-store.ts'
import { connect, type Database } from '../../src/database/connect.ts'
import { migrate } from '../../src/database/migrate.ts'
import { eraseCustomer as eraseTraces } from '../../src/deliveries/erase-customer.ts'
import { changeOrder, moveOrder, removeOrder } from '../../src/orders/change-order.ts'
import { importOrders } from '../../src/orders/import-orders.ts'
import { orderStatuses } from '../../src/orders/order.ts'
import { placeOrder } from '../../src/orders/place-order.ts'
import { ProblemError } from '../../src/problems/problem-error.ts'

/** What may happen to the orders and openings of two customers. Numbers choose among what is there. */
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('place'),
    buyer: fc.nat(1),
    cents: fc.integer({ min: 1, max: 99_999 }),
    status: fc.constantFrom(...orderStatuses),
  }),
  fc.record({
    kind: fc.constant('change'),
    which: fc.nat(20),
    buyer: fc.nat(1),
    cents: fc.integer({ min: 1, max: 99_999 }),
    status: fc.constantFrom(...orderStatuses),
  }),
  fc.record({ kind: fc.constant('move'), which: fc.nat(20), status: fc.constantFrom(...orderStatuses) }),
  fc.record({ kind: fc.constant('remove'), which: fc.nat(20) }),
  fc.record({
    kind: fc.constant('import'),
    external: fc.nat(5),
    buyer: fc.nat(1),
    cents: fc.integer({ min: 0, max: 99_999 }),
    status: fc.constantFrom(...orderStatuses),
    day: fc.integer({ min: 1, max: 28 }),
  }),
  fc.record({
    kind: fc.constant('state'),
    buyer: fc.nat(1),
    cents: fc.integer({ min: 0, max: 500_000 }),
    visits: fc.nat(30),
  }),
)

const runs = { sqlite: 60, mariadb: 25, mysql: 25, postgres: 0 }

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`figures on ${database.title}`, () => {
    let opened: Awaited<ReturnType<typeof database.open>>
    let here: Database
    let nowMs = Date.UTC(2026, 0, 1)
    const world = { nowMs: () => nowMs++, after: () => () => {}, random: () => 0.5, newId: () => nanoid() }

    beforeAll(async () => {
      opened = await database.open()
      here = await connect(opened.url)
      await migrate(here, nowMs)
    })
    afterAll(async () => {
      await here.knex.destroy()
      await opened.close()
    })

    it('faults 41, 44 and 45: equal a recount after whatever happened to the orders', () =>
      fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 25 }), async (story) => {
          const asker = await newWorkspace()
          const parts = { knex: here.knex, reads: here.reads, world, timeZoneOf: async () => 'UTC', eraseTraces }
          const inputs = ['a@mail.example', 'b@mail.example'].map((email) => ({
            email,
            name: email,
            totalSpending: 10.5,
            visitCount: 2,
          }))
          const buyers = [
            await createCustomer(parts, asker, inputs[0]!),
            await createCustomer(parts, asker, inputs[1]!),
          ]
          for (const event of story)
            await happen(
              event,
              parts,
              asker,
              buyers.map(({ id }) => id),
            )
          for (const { id } of buyers) {
            const customer = await findCustomer(here.knex, asker.workspaceId, id)
            const orders = await here
              .knex('orders')
              .where({ workspace_id: asker.workspaceId, customer_id: id })
              .select()
            const live = orders.filter(({ status }) => status !== 'CANCELLED')
            const completed = orders.filter(({ status }) => status === 'COMPLETED')
            expect(customer).toMatchObject({
              totalSpendingMinor:
                customer!.openingSpendingMinor +
                completed.reduce((sum, { total_minor }) => sum + Number(total_minor), 0),
              orderCount: live.length,
              visitCount: customer!.openingVisits + live.length,
              lastVisitAtMs:
                live.length === 0 ? null : Math.max(...live.map(({ created_at_ms }) => Number(created_at_ms))),
            })
            expect(customer!.openingSpendingMinor).toBeGreaterThanOrEqual(0)
          }
        }),
        { numRuns: runs[database.name] },
      ))

    async function newWorkspace() {
      const [workspaceId, userId] = [nanoid(), nanoid()]
      const user = {
        id: userId,
        email: `${userId}@people.example`,
        name: 'U',
        avatar: null,
        googleId: null,
        emailVerifiedAtMs: null,
        company: null,
      }
      await insertUser(here.knex, { ...user, passwordHash: null, createdAtMs: nowMs })
      await insertWorkspace(
        here.knex,
        { id: workspaceId, name: 'W', timeZone: 'UTC', currency: 'USD', consentPolicy: 'opt-out' },
        nowMs,
      )
      await insertMembership(here.knex, workspaceId, userId, 'owner', nowMs)
      return { workspaceId, userId }
    }

    type Happening = typeof happening extends fc.Arbitrary<infer Event> ? Event : never

    /** Refusals are part of the story: they must change nothing. */
    async function happen(
      event: Happening,
      parts: CustomerParts,
      asker: { workspaceId: string; userId: string },
      buyers: readonly string[],
    ) {
      try {
        await act(event, parts, asker, buyers)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
      }
    }

    async function act(
      event: Happening,
      parts: CustomerParts,
      asker: { workspaceId: string; userId: string },
      buyers: readonly string[],
    ) {
      const { workspaceId } = asker
      const orders = await here.knex('orders').where({ workspace_id: workspaceId }).orderBy('id').select('id')
      const chosen = 'which' in event ? (orders[event.which % Math.max(orders.length, 1)]?.id ?? 'none') : 'none'
      const stated = (cents: number) => ({
        items: [{ productName: 'X', quantity: 1, price: cents / 100 }] as const,
        total: cents / 100,
      })
      const buyer = 'buyer' in event ? buyers[event.buyer]! : buyers[0]!
      if (!('cents' in event))
        return 'status' in event ? moveOrder(parts, asker, chosen, event.status) : removeOrder(parts, asker, chosen)
      if ('visits' in event) {
        const customer = await findCustomer(here.knex, workspaceId, buyer)
        return changeCustomer(parts, asker, buyer, {
          email: customer!.email,
          name: 'N',
          totalSpending: event.cents / 100,
          visitCount: event.visits,
        })
      }
      if ('external' in event) {
        const row = {
          externalId: `e${event.external}`,
          customerId: buyer,
          total: event.cents / 100,
          status: event.status,
          createdAt: `2025-05-${String(event.day).padStart(2, '0')}`,
        }
        return importOrders(parts, asker, [{ ok: true, value: row }])
      }
      const input = { customerId: buyer, status: event.status, ...stated(event.cents) }
      return 'which' in event ? changeOrder(parts, asker, chosen, input) : placeOrder(parts, workspaceId, input)
    }

    it('outlive an erased customer without a trace of the person', async () => {
      const asker = await newWorkspace()
      const parts = { knex: here.knex, reads: here.reads, world, timeZoneOf: async () => 'UTC', eraseTraces }
      const { id } = await createCustomer(parts, asker, {
        email: 'gone@mail.example',
        name: 'Gone',
        tags: ['t'],
      })
      await placeOrder(parts, asker.workspaceId, {
        customerId: id,
        items: [{ productName: 'X', quantity: 1, price: 1 }],
        total: 1,
        status: 'COMPLETED',
      })
      await eraseCustomer(parts, asker.workspaceId, id)
      expect(await here.knex('customer_tags').where({ customer_id: id })).toEqual([])
      expect(await here.knex('orders').where({ customer_id: id })).toHaveLength(1)
    })
  })
}
