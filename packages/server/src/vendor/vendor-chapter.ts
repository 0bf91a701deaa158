import { says, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { sample } from '../documents/samples.ts'
import { about, count, id, listOf, named, object, oneOf, percent, text } from '../documents/shapes.ts'
import { checkRates } from './rate-routes.ts'
import { checkBatch, checkReceipt } from './read-receipts.ts'
import { checkSend } from './simulated-vendor-routes.ts'
import { checkTest } from './test-send-routes.ts'

const rates = object({ rates: listOf(object({ starts: count, windowMs: count })) })

/** What became of one receipt of a list. */
const result = {
  anyOf: [
    object({ messageId: text, status: { const: 'UPDATED' } }),
    object({
      messageId: { type: 'null' },
      status: { const: 'REJECTED' },
      errors: listOf(object({ path: text, message: text })),
    }),
  ],
}

/** Where messages are handed over and receipts come back. */
export const vendorChapter: Chapter = {
  name: 'Delivery',
  about: 'Receipts of the vendor, the pace of sending, and the simulated vendor that stands in for a real one.',
  routes: {
    'POST /api/vendor/delivery-receipt': {
      title: 'Report what became of a message, or of many',
      about:
        'Taken when it is durable. Order and repetition do not matter; further fields are welcome. Either with the ' +
        'vendor key or, where a secret is set, signed by the Standard Webhooks scheme. Of a list, each receipt has a ' +
        'result of its own.',
      access: 'vendor',
      body: { anyOf: [named('Receipt', checkReceipt.schema), named('ReceiptBatch', checkBatch.schema)] },
      answers: [
        succeeds({
          anyOf: [object({ messageId: text, status: { const: 'UPDATED' } }), object({ results: listOf(result) })],
        }),
      ],
      codes: ['BUSY'],
      example: {
        body: { messageId: 'a-message', status: 'DELIVERED', receiptId: 'r-77', occurredAt: '2026-03-14T09:26:53Z' },
      },
    },
    'GET /api/vendor/stats': {
      title: 'Sum up the delivery',
      access: 'viewer',
      query: {
        startDate: about('A day or an instant; only together with `endDate`', text),
        endDate: about('A day, to its end, or an instant', text),
      },
      answers: [
        succeeds(
          object({
            stats: object({
              totalMessages: count,
              statusDistribution: object({
                PENDING: count,
                SENT: count,
                DELIVERED: count,
                FAILED: count,
                BOUNCED: count,
                SKIPPED: count,
                CANCELLED: count,
              }),
              avgDeliveryTimeMs: count,
              successRate: percent,
            }),
          }),
        ),
      ],
      example: { query: { startDate: '2026-01-01', endDate: '2026-12-31' } },
    },
    'GET /api/vendor/rates': {
      title: 'Read the pace of sending',
      access: 'vendor',
      answers: [succeeds(rates)],
      example: {},
    },
    'PUT /api/vendor/rates': {
      title: 'Change the pace of sending',
      about: 'All windows hold at once, for all processes together, from now on.',
      access: 'vendor',
      body: named('Rates', checkRates.schema),
      answers: [succeeds(rates)],
      example: { body: { rates: [{ starts: 50, windowMs: 1000 }] } },
    },
    'GET /api/vendor/instance': {
      title: 'Ask whether the database is this installation’s',
      about: '`foreign`: it is a copy or a backup of another one, and nothing is sent. `unchecked`: nothing says so.',
      access: 'vendor',
      answers: [succeeds(object({ state: oneOf('ours', 'foreign', 'unchecked') }))],
      example: {},
    },
    'POST /api/vendor/instance/confirm': {
      title: 'Confirm that this is the installation',
      about: 'After that it sends. First make sure that no other server sends from a copy of this database.',
      access: 'vendor',
      answers: [says()],
      example: {},
    },
    'POST /api/vendor/test-send': {
      title: 'Send a test message',
      about: 'One message to one customer, on the way that every message takes.',
      access: 'marketer',
      body: named('TestMessage', checkTest.schema),
      answers: [
        succeeds(
          object({
            messageId: id,
            customer: object({ name: text, email: text }),
            message: text,
            status: { const: 'QUEUED' },
          }),
        ),
      ],
      codes: ['CUSTOMER_NOT_FOUND'],
      example: { body: { customerId: sample.customer, message: 'Hello {name}' } },
    },
    'POST /api/vendor/send-message': {
      title: 'Hand a message to the simulated vendor',
      about: 'What a real vendor offers in its place. Knows requests again by their `Idempotency-Key`.',
      access: 'vendor',
      body: named('VendorMessage', checkSend.schema),
      answers: [
        succeeds(object({ messageId: text, vendorMessageId: text, status: { const: 'ACCEPTED' }, message: text })),
      ],
      example: { body: { messageId: 'a-message', customerId: 'a-customer', message: 'Hello' } },
    },
    'GET /api/vendor/simulated-ledger': {
      title: 'Read the books of the simulated vendor',
      about: 'How many messages it took, and how often it really sent one.',
      access: 'viewer',
      query: { campaignId: id },
      answers: [succeeds(object({ messages: count, deliveries: count }))],
      example: { query: { campaignId: sample.launchedCampaign } },
    },
  },
}
