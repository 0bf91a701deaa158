import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { orderStatuses } from '../../src/orders/order.ts'
import { type AnalyticsShop, openShop } from './analytics-shop.ts'

/** Where days have 23, 24, 25 hours, begin at half and quarter hours, or are left out. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Apia',
  'America/Santiago',
] as const

/** Around changes of clocks, the end of a year, and long before. */
const instant = fc
  .tuple(
    fc.constantFrom(
      Date.UTC(2025, 2, 30),
      Date.UTC(2025, 9, 26),
      Date.UTC(2025, 11, 31, 18),
      Date.UTC(2011, 11, 30),
      Date.UTC(1969, 11, 31),
    ),
    fc.integer({ min: -2 * 86_400, max: 2 * 86_400 }),
  )
  .map(([baseMs, seconds]) => baseMs + seconds * 1000)

const status = fc.constantFrom(...orderStatuses)
const cents = fc.integer({ min: 1, max: 99_999 })
const product = fc.constantFrom('Tea', 'tea', 'Kettle', 'Straße')

const event = fc.oneof(
  fc.record({ kind: fc.constant('place'), cents, status, product, buyer: fc.nat(5) }),
  fc.record({
    kind: fc.constant('import'),
    external: fc.nat(4),
    atMs: instant,
    cents,
    status,
    product,
    buyer: fc.nat(5),
  }),
  fc.record({ kind: fc.constant('bare'), external: fc.nat(4), atMs: instant, cents, status, buyer: fc.nat(5) }),
  fc.record({ kind: fc.constant('change'), which: fc.nat(9), cents, status, product, buyer: fc.nat(5) }),
  fc.record({ kind: fc.constant('move'), which: fc.nat(9), status }),
  fc.record({ kind: fc.constant('remove'), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('join'), atMs: fc.array(instant, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('leave'), buyer: fc.nat(5) }),
  fc.record({ kind: fc.constant('zone'), zone: fc.constantFrom(...zones) }),
  fc.record({ kind: fc.constant('look') }),
  fc.record({ kind: fc.constant('wait'), hours: fc.nat(40) }),
)

const runs = { sqlite: 50, mariadb: 15, mysql: 10, postgres: 0 }

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`daily figures on ${database.title}`, () => {
    let shop: AnalyticsShop
    beforeAll(async () => {
      shop = await openShop(database, Date.UTC(2026, 2, 28, 22))
    })
    afterAll(() => shop?.close())

    it('fault 94: equal a recount by the days of the workspace after whatever happened, and from scratch', () =>
      fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...zones),
          fc.array(event, { minLength: 1, maxLength: 20 }),
          async (zone, story) => {
            const workspace = await shop.newWorkspace(zone)
            for (const each of story) await happen(workspace, each)
            await shop.look(workspace)
            const kept = await keptFigures(workspace)
            expect(kept).toEqual(await recount(workspace))
            await shop.knex('figure_states').where({ workspace_id: workspace.workspaceId }).delete()
            await shop.look(workspace)
            // Once for no zone, which throws all away, and then day by day.
            expect(await keptFigures(workspace)).toEqual(kept)
            expect(await shop.knex('figure_changes').where({ workspace_id: workspace.workspaceId })).toEqual([])
          },
        ),
        { numRuns: runs[database.name] },
      ))

    it('equal a recount although many wrote and read at the same time', async () => {
      const workspace = await shop.newWorkspace('Asia/Kathmandu')
      await shop.join(
        workspace,
        [1, 2, 3].map((day) => Date.UTC(2026, 1, day)),
      )
      const buyers = await shop.knex('customers').where({ workspace_id: workspace.workspaceId }).pluck('id')
      const stated = { status: 'COMPLETED', product: 'Tea' } as const
      const everybody = Array.from({ length: 60 }, (_, index) =>
        index % 3 === 0
          ? index % 2 === 0
            ? shop.look(workspace)
            : shop.lookFromElsewhere(workspace)
          : shop.place(workspace, { ...stated, buyerId: buyers[index % buyers.length], cents: index }),
      )
      await Promise.all(everybody)
      await shop.look(workspace)
      expect(await keptFigures(workspace)).toEqual(await recount(workspace))
      expect((await keptFigures(workspace)).orders).toMatchObject([{ orders: 40 }])
    })

    it('are counted in steps that stay, for whoever cannot wait for the last', async () => {
      const workspace = await shop.newWorkspace('UTC')
      await shop.join(
        workspace,
        [2019, 2020, 2021, 2022, 2023].map((year) => Date.UTC(year, 5, 1)),
      )
      let refusals = 0
      const inHaste = async (): Promise<void> =>
        shop.lookInHaste(workspace, 16_000).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'FIGURES_TOO_SLOW' })
          refusals += 1
          return inHaste()
        })
      await inHaste()
      expect(refusals).toBeGreaterThan(1)
      expect(await keptFigures(workspace)).toEqual(await recount(workspace))
    })

    type Workspace = Awaited<ReturnType<AnalyticsShop['newWorkspace']>>
    type Event = typeof event extends fc.Arbitrary<infer Each> ? Each : never

    async function happen(workspace: Workspace, each: Event): Promise<void> {
      const orders = await shop.knex('orders').where({ workspace_id: workspace.workspaceId }).orderBy('id').pluck('id')
      const buyers = await shop
        .knex('customers')
        .where({ workspace_id: workspace.workspaceId })
        .orderBy('id')
        .pluck('id')
      const orderId = 'which' in each ? orders[each.which % Math.max(orders.length, 1)] : undefined
      const buyerId = 'buyer' in each ? buyers[each.buyer % Math.max(buyers.length, 1)] : undefined
      if (('which' in each && orderId === undefined) || ('buyer' in each && buyerId === undefined)) return
      switch (each.kind) {
        case 'place':
          return shop.place(workspace, { ...each, buyerId })
        case 'import':
          return shop.importOne(workspace, { ...each, buyerId, externalId: `e${each.external}` })
        case 'bare':
          return shop.importOne(workspace, { ...each, buyerId, externalId: `e${each.external}`, product: null })
        case 'change':
          return shop.change(workspace, orderId, { ...each, buyerId })
        case 'move':
          return shop.move(workspace, orderId, each.status)
        case 'remove':
          return shop.remove(workspace, orderId)
        case 'join':
          return shop.join(workspace, each.atMs)
        case 'leave':
          return shop.leave(workspace, buyerId)
        case 'zone':
          return shop.changeZone(workspace, each.zone)
        case 'wait':
          return shop.wait(each.hours * 3_600_000)
        case 'look':
          return shop.look(workspace)
      }
    }

    async function keptFigures({ workspaceId }: Workspace) {
      const read = async (table: string, keys: readonly string[]) => {
        const rows: Record<string, unknown>[] = await shop
          .knex(table)
          .where({ workspace_id: workspaceId })
          .orderBy([...keys])
          .select()
        return rows.map(({ workspace_id: _, ...row }) =>
          Object.fromEntries(
            Object.entries(row).map(([key, value]) => [
              key,
              typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
            ]),
          ),
        )
      }
      return {
        orders: await read('daily_orders', ['day', 'status']),
        customers: await read('daily_customers', ['day']),
        products: await read('daily_products', ['day', 'product_name_folded']),
      }
    }

    /** From the rows, with the calendar of the JavaScript engine instead of ours. */
    async function recount({ workspaceId }: Workspace): Promise<Awaited<ReturnType<typeof keptFigures>>> {
      const workspace = await shop.knex('workspaces').where({ id: workspaceId }).first()
      const shown = new Intl.DateTimeFormat('en-CA', { timeZone: workspace.time_zone, dateStyle: 'short' })
      const dayOf = (atMs: unknown) => Date.parse(shown.format(Number(atMs))) / 86_400_000
      const orders = await shop.knex('orders').where({ workspace_id: workspaceId })
      const items = await shop.knex('order_items').where({ workspace_id: workspaceId })
      const customers = await shop.knex('customers').where({ workspace_id: workspaceId })
      const byStatus = groupedBy(orders, (row) => `${dayOf(row.created_at_ms)} ${row.status}`)
      const placed = new Map(orders.map((row) => [row.id, row]))
      const byProduct = groupedBy(
        items,
        (row) => `${dayOf(placed.get(row.order_id).created_at_ms)} ${row.product_name_folded}`,
      )
      const byDay = groupedBy(customers, (row) => String(dayOf(row.created_at_ms)))
      const sum = (numbers: readonly unknown[]) => numbers.reduce((total: number, each) => total + Number(each), 0)
      return {
        orders: byStatus
          .map(([first, rows]) => ({
            day: dayOf(first.created_at_ms),
            status: first.status,
            orders: rows.length,
            total_minor: sum(rows.map(({ total_minor }) => total_minor)),
          }))
          .sort((one, other) => one.day - other.day || (one.status < other.status ? -1 : 1)),
        customers: byDay
          .map(([first, rows]) => ({ day: dayOf(first.created_at_ms), new_customers: rows.length }))
          .sort((one, other) => one.day - other.day),
        products: byProduct
          .map(([first, rows]) => {
            const completed = rows.filter(({ order_id }) => placed.get(order_id).status === 'COMPLETED')
            return {
              day: dayOf(placed.get(first.order_id).created_at_ms),
              product_name_folded: first.product_name_folded,
              product_name: rows
                .map(({ product_name }) => product_name)
                .sort()
                .at(-1),
              orders: new Set(rows.map(({ order_id }) => order_id)).size,
              completed_orders: new Set(completed.map(({ order_id }) => order_id)).size,
              units: sum(completed.map(({ quantity }) => quantity)),
              revenue_minor: sum(completed.map(({ quantity, price_minor }) => Number(quantity) * Number(price_minor))),
            }
          })
          .sort((one, other) => one.day - other.day || (one.product_name_folded < other.product_name_folded ? -1 : 1)),
      }
    }
  })
}

// biome-ignore lint/suspicious/noExplicitAny: rows of tables, as the driver answers them
type Row = any

function groupedBy(rows: readonly Row[], keyOf: (row: Row) => string): readonly (readonly [Row, readonly Row[]])[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return [...groups.values()].map((group) => [group[0], group])
}
