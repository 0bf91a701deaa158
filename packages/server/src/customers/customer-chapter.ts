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
  mapOf,
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
import {
  consentSchema,
  customerBulkSchema,
  customerChangeSchema,
  manyTagsSchema,
  newCustomerSchema,
  tagChangeSchema,
} from './customer-schemas.ts'
import { importAnswer } from './import-answer.ts'

const attributeValue = { type: ['string', 'number', 'boolean'] }

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
    attributes: about('Values of the attributes that the workspace has declared, by name', mapOf(attributeValue)),
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
    variant: orNull(text),
    status: shapeCalled('MessageStatus'),
    attempts: count,
    isSuperseded: truth,
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

const consent = named(
  'Consent',
  object({
    emailConsent: about('Null: never asked', orNull(truth)),
    consentSource: orNull(text),
    consentAt: orNull(instant),
    history: about(
      'Newest first; `changedBy` is null where the customer did it themselves',
      listOf(object({ emailConsent: orNull(truth), source: text, changedBy: orNull(id), changedAt: instant })),
    ),
  }),
)

const whole = { type: 'integer', minimum: 0 }
const dayOrInstant = { type: 'string', examples: ['2026-01-31', '2026-01-31T10:00:00Z'] }
const filters = {
  city: about('Whatever the case, as all texts here', text),
  state: text,
  country: text,
  tag: text,
  gender: { enum: ['female', 'male', 'other'] },
  consent: { enum: ['given', 'refused', 'unasked'] },
  minSpending: money,
  maxSpending: money,
  minVisits: whole,
  maxVisits: whole,
  lastVisitFrom: dayOrInstant,
  lastVisitTo: dayOrInstant,
  createdFrom: dayOrInstant,
  createdTo: dayOrInstant,
  'attribute.loyaltyTier': about('So for each attribute of the workspace: its value is this', text),
}

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
      about: 'Filters hold together. Days are the workspace’s, the last one included. What is no filter is refused.',
      query: listQuery(customerSorts, { ...filters, ...cursorQuery }),
      answers: [succeeds(object({ customers: listOf(listed), pagination: cursorPaginationShape }))],
      example: { query: { search: 'asha', limit: 10, minVisits: 1, 'attribute.loyaltyTier': 'gold' } },
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
      about:
        'What is absent stays as it is; null takes it away. So it is with the single values of `attributes`. Only the phone, which the form always shows, goes when it is absent.',
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
    'GET /api/customers/tags': {
      title: 'List the tags in use',
      about: 'With how many customers have each, the most frequent first, 1,000 at most.',
      access: 'viewer',
      answers: [succeeds(object({ tags: listOf(object({ tag: text, customers: count })) }))],
      example: {},
    },
    'POST /api/customers/tags': {
      title: 'Tag many customers',
      about: 'Gives tags and takes tags away. Doing it again changes nothing.',
      access: 'marketer',
      body: named('ManyTags', manyTagsSchema),
      answers: [
        succeeds(object({ changed: count, unchanged: count, unknown: about('Ids of nobody here', listOf(text)) })),
      ],
      example: { body: { customerIds: [sample.customer], add: ['spring'], remove: ['winter'] } },
    },
    'POST /api/customers/:id/tags': {
      title: 'Tag a customer',
      access: 'marketer',
      body: named('TagChange', tagChangeSchema),
      answers: [succeeds(object({ tags: listOf(text) }))],
      codes: ['CUSTOMER_NOT_FOUND'],
      example: { ...one, body: { add: ['spring'] } },
    },
    'GET /api/customers/:id/consent': {
      title: 'Read the consent of a customer',
      access: 'viewer',
      answers: [succeeds(consent)],
      codes: ['CUSTOMER_NOT_FOUND'],
      example: one,
    },
    'PUT /api/customers/:id/consent': {
      title: 'Write down a consent',
      about: 'Through what it was given or withdrawn, and when. A withdrawal is never taken back by an import.',
      access: 'marketer',
      body: named('ConsentAnswer', consentSchema),
      answers: [succeeds(consent)],
      codes: ['CUSTOMER_NOT_FOUND'],
      example: { ...one, body: { emailConsent: false, consentSource: 'phone call' } },
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
  return { ...customers, items: { anyOf: [newCustomer, about('A wrong one, which is reported', { type: 'object' })] } }
}
