/** A bare Koa server over the same tables: no sessions, limits, checks or log. Run as a process of its own. */

import { randomBytes } from 'node:crypto'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'
import { connect } from '../audiences/server-schema.ts'

const [databaseUrl = '', workspaceId = ''] = process.argv.slice(2)
const { knex } = await connect(databaseUrl)
const newId = () => randomBytes(15).toString('base64url')

const router = new Router()

/** All that the list shows, in one statement. */
router.get('/customers', async (ctx) => {
  const page = knex('customers')
    .where({ workspace_id: workspaceId })
    .orderBy([
      { column: 'created_at_ms', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(Number(ctx.query['limit']))
    .as('c')
  const of = (table: string) =>
    knex(table).whereRaw(`${table}.workspace_id = c.workspace_id and ${table}.customer_id = c.id`).count()
  const rows = await knex.from(page).select('c.*', {
    orders: of('orders'),
    messages: of('messages'),
    tags: knex('customer_tags').whereRaw('customer_tags.customer_id = c.id').select(knex.raw('group_concat(tag)')),
    total: knex('customers').where({ workspace_id: workspaceId }).count(),
  })
  ctx.body = { customers: rows, total: rows[0]?.total }
})

/** The same statements as the real route: the person, their tags, orders with buyers and items, and messages. */
router.get('/customers/:id', async (ctx) => {
  const of = { workspace_id: workspaceId }
  const id = ctx.params['id'] ?? ''
  const [customer] = await knex('customers').where(of).whereIn('id', [id])
  const tags = await knex('customer_tags')
    .where(of)
    .whereIn('customer_id', [id])
    .orderBy('tag_folded')
    .select('customer_id', 'tag')
  const orders = await knex('orders')
    .leftJoin('customers', (join) =>
      join.on('customers.workspace_id', 'orders.workspace_id').on('customers.id', 'orders.customer_id'),
    )
    .where({ 'orders.workspace_id': workspaceId, 'orders.customer_id': id })
    .orderBy([
      { column: 'orders.created_at_ms', order: 'desc' },
      { column: 'orders.id', order: 'desc' },
    ])
    .limit(500)
    .select('orders.*', { buyer: 'customers.name', email: 'customers.email', phone: 'customers.phone' })
  const orderIds = orders.map((order) => order.id)
  const items = await knex('order_items').where(of).whereIn('order_id', orderIds).orderBy(['order_id', 'position'])
  const newest = await knex('messages')
    .where({ 'messages.workspace_id': workspaceId, 'messages.customer_id': id })
    .orderBy([
      { column: 'messages.created_at_ms', order: 'desc' },
      { column: 'messages.id', order: 'desc' },
    ])
    .limit(10)
    .select('messages.id')
  const messages = await knex('messages')
    .join('runs', 'runs.id', 'messages.run_id')
    .leftJoin('customers', 'customers.id', 'messages.customer_id')
    .whereIn(
      'messages.id',
      newest.map((message) => message.id),
    )
    .select('messages.*', 'runs.campaign_name', 'customers.name', 'customers.email')
  ctx.body = { customer: { ...customer, tags, orders, items, messages } }
})

router.post('/customers', async (ctx) => {
  const { email, name } = Object(ctx.request.body)
  const now = Date.now()
  const texts = { email, email_folded: email.toLowerCase(), name, name_folded: name.toLowerCase() }
  const figures = {
    opening_spending_minor: 0,
    opening_visits: 0,
    total_spending_minor: 0,
    order_count: 0,
    visit_count: 0,
  }
  const customer = {
    id: newId(),
    workspace_id: workspaceId,
    ...texts,
    ...figures,
    attributes: '{}',
    attributes_folded: '{}',
    created_at_ms: now,
    updated_at_ms: now,
  }
  await knex('customers').insert(customer)
  ctx.status = 201
  ctx.body = { customer }
})

/** The same rule, written as SQL by hand: how many, and the five biggest spenders. */
router.post('/preview', async (ctx) => {
  const members = () =>
    knex('customers')
      .where({ workspace_id: workspaceId })
      .where('total_spending_minor', '>=', Object(ctx.request.body).minor)
      .where('visit_count', '>=', Object(ctx.request.body).visits)
  const [counted] = await members().count({ size: '*' })
  const sample = await members()
    .orderBy('total_spending_minor', 'desc')
    .limit(5)
    .select('id', 'name', 'email', 'total_spending_minor', 'visit_count')
  ctx.body = { audienceSize: Number(counted?.['size']), sample }
})

const server = new Koa()
  .use(bodyParser())
  .use(router.routes())
  .listen(0, '127.0.0.1', () => process.send?.(server.address()))
process.once('disconnect', () => process.exit())
