import { saysInData, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { cursorPaginationShape, cursorQuery, listQuery } from '../documents/list-query.ts'
import { sample } from '../documents/samples.ts'
import {
  about,
  count,
  day,
  extended,
  id,
  instant,
  listOf,
  money,
  named,
  object,
  orNull,
  shapeCalled,
  text,
  truth,
  withProperty,
} from '../documents/shapes.ts'
import { customerSorts } from './customer-list-store.ts'
import { customerBulkSchema, customerChangeSchema, newCustomerSchema } from './customer-schemas.ts'
import { importAnswer } from './import-answer.ts'

const customer = named(
  'Customer',
  object({
    id,
    externalId: about("The shop's own id", orNull(text)),
    email: { ...text, examples: ['asha.rao@mail.example'] },
    name: { ...text, examples: ['Asha Rao'] },
    phone: orNull(text),
    city: orNull(text),
    state: orNull(text),
    country: orNull(text),
    gender: orNull({ enum: ['female', 'male', 'other'] }),
    birthday: orNull(day),
    tags: listOf(text),
    emailConsent: about('Null: never asked', orNull(truth)),
    consentSource: orNull(text),
    consentAt: orNull(instant),
    totalSpending: about('What was brought along and the completed orders', money),
    orderCount: about('Orders that are not cancelled', count),
    visitCount: count,
    lastVisit: orNull(instant),
    createdAt: instant,
    updatedAt: instant,
  }),
)

const listed = named(
  'ListedCustomer',
  extended(customer, { _count: object({ orders: count, communicationLogs: count }) }),
)

const communication = named(
  'CustomerMessage',
  object({
    id,
    campaignId: id,
    customerId: id,
    customer: orNull(object({ id, name: text, email: text })),
    message: text,
    status: shapeCalled('MessageStatus'),
    sentAt: orNull(instant),
    deliveredAt: orNull(instant),
    failedAt: orNull(instant),
    errorCode: orNull(text),
    errorMessage: orNull(text),
    createdAt: instant,
    updatedAt: instant,
    campaign: object({ id, name: text }),
  }),
)

const newCustomer = named('NewCustomer', newCustomerSchema)
const limit = { limit: about('Rows, 500 at most', { type: 'integer', minimum: 1, maximum: 500 }) }
const person = { email: 'asha.rao@mail.example', name: 'Asha Rao' }
const one = { path: { id: sample.customer } }

/** The customers of a workspace. */
export const customerChapter: Chapter = {
  name: 'Customers',
  about: 'The people who buy, and what they did. Spending and visits follow from the orders.',
  routes: {
    'GET /api/customers': {
      title: 'List customers',
      access: 'viewer',
      query: listQuery(customerSorts, cursorQuery),
      answers: [succeeds(object({ customers: listOf(listed), pagination: cursorPaginationShape }))],
      example: { query: { search: 'asha', limit: 10 } },
    },
    'POST /api/customers': {
      title: 'Create a customer',
      access: 'marketer',
      body: newCustomer,
      answers: [succeeds(object({ customer }), { status: 201 })],
      codes: ['CUSTOMER_EMAIL_TAKEN'],
      isVersioned: true,
      example: { body: { ...person, city: 'Mumbai', tags: ['newsletter'], totalSpending: 1250.5, visitCount: 3 } },
    },
    'POST /api/customers/bulk': {
      title: 'Import customers',
      about:
        'Each row for itself: known again by its external id or else its address, so that sending the rows twice changes nothing. Fails only if no row could be taken.',
      access: 'marketer',
      body: named('CustomerImport', withProperty(customerBulkSchema, 'customers', bulkRows())),
      answers: [importAnswer],
      example: { body: { customers: [{ ...person, externalId: 'c-1001' }, { name: 'No address' }] } },
    },
    'GET /api/customers/:id': {
      title: 'Read a customer',
      about: 'With up to 500 orders and the 10 newest messages.',
      access: 'viewer',
      answers: [
        succeeds(
          object({
            customer: named(
              'CustomerDetail',
              extended(customer, { orders: listOf(shapeCalled('Order')), communicationLogs: listOf(communication) }),
            ),
          }),
        ),
      ],
      codes: ['CUSTOMER_NOT_FOUND'],
      isVersioned: true,
      example: one,
    },
    'PUT /api/customers/:id': {
      title: 'Change a customer',
      about: 'What is absent stays as it is; null takes it away.',
      access: 'marketer',
      body: named('CustomerChange', customerChangeSchema),
      answers: [succeeds(object({ customer }))],
      codes: ['CUSTOMER_NOT_FOUND', 'CUSTOMER_EMAIL_TAKEN', 'FIGURE_BELOW_ORDERS'],
      isVersioned: true,
      example: {
        ...one,
        body: { ...person, phone: '+91 22 5555 0123', emailConsent: true, consentSource: 'shop form' },
      },
    },
    'DELETE /api/customers/:id': {
      title: 'Delete a customer',
      about: 'Orders and messages stay as history, without the person in them.',
      access: 'marketer',
      answers: [saysInData()],
      codes: ['CUSTOMER_NOT_FOUND'],
      isVersioned: true,
      example: one,
    },
    'GET /api/customers/:id/orders': {
      title: 'List the orders of a customer',
      access: 'viewer',
      query: limit,
      answers: [succeeds(listOf(shapeCalled('Order')))],
      codes: ['CUSTOMER_NOT_FOUND'],
      example: one,
    },
    'GET /api/customers/:id/communications': {
      title: 'List the messages to a customer',
      access: 'viewer',
      query: limit,
      answers: [succeeds(listOf(communication))],
      codes: ['CUSTOMER_NOT_FOUND'],
      example: one,
    },
    'GET /api/customers/:id/analytics': {
      title: 'Sum up a customer',
      access: 'viewer',
      answers: [
        succeeds(
          object({
            analytics: object({
              totalOrders: count,
              totalSpent: money,
              avgOrderValue: money,
              lastOrderDate: orNull(instant),
              campaignStats: object({ total: count, delivered: count, failed: count }),
              loyaltyScore: { type: 'number', minimum: 0, maximum: 100 },
            }),
          }),
        ),
      ],
      codes: ['CUSTOMER_NOT_FOUND'],
      example: one,
    },
  },
}

/** Rows may be wrong one by one, so their own schema says what a right one is and refuses none. */
function bulkRows() {
  const { customers } = customerBulkSchema.properties
  return { ...customers, items: { anyOf: [newCustomer, {}] } }
}
