import { saysInData, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { paginationShape } from '../documents/list-query.ts'
import { sample } from '../documents/samples.ts'
import { about, count, id, instant, listOf, named, object, oneOf, orNull, text, truth } from '../documents/shapes.ts'
import { eventKinds } from './webhook.ts'
import { endpointSchema } from './webhook-schemas.ts'

const webhook = named(
  'Webhook',
  object({
    id,
    url: text,
    events: listOf(oneOf(...eventKinds)),
    isActive: truth,
    stoppedBecause: about('Why it was switched off without anybody asking', orNull(text)),
    createdAt: instant,
    updatedAt: instant,
  }),
)

const delivery = named(
  'WebhookDelivery',
  object({
    eventId: about('The `webhook-id` header: the same at every attempt', text),
    event: oneOf(...eventKinds),
    state: oneOf('waiting', 'delivered', 'failed'),
    attempts: count,
    nextAttemptAt: orNull(instant),
    responseStatus: orNull(count),
    failure: orNull(text),
    createdAt: instant,
    updatedAt: instant,
  }),
)

const plan = { url: 'https://hooks.shop.example/muster', events: ['campaign.completed', 'message.failed'] }
const one = { path: { id: sample.webhook } }

/** Telling other systems what happens. */
export const webhookChapter: Chapter = {
  name: 'Webhooks',
  about:
    'What happens to campaigns and messages, told to another system: signed by the Standard Webhooks scheme, at least once, again after a failure for about a day and a half.',
  routes: {
    'GET /api/webhooks': {
      title: 'List webhooks',
      access: 'owner',
      isForPeople: true,
      answers: [succeeds(object({ webhooks: listOf(webhook) }))],
      example: {},
    },
    'POST /api/webhooks': {
      title: 'Add a webhook',
      about: 'The secret that signs is told this once.',
      access: 'owner',
      isForPeople: true,
      body: named('WebhookPlan', endpointSchema),
      answers: [succeeds(object({ webhook, secret: text }), { status: 201 })],
      codes: ['WEBHOOKS_FULL', 'WEBHOOKS_OFF'],
      example: { body: plan },
    },
    'PUT /api/webhooks/:id': {
      title: 'Change a webhook',
      access: 'owner',
      isForPeople: true,
      body: named('WebhookPlan', endpointSchema),
      answers: [succeeds(object({ webhook }))],
      codes: ['WEBHOOK_NOT_FOUND'],
      example: { ...one, body: { ...plan, isActive: false } },
    },
    'DELETE /api/webhooks/:id': {
      title: 'Delete a webhook',
      about: 'Its log goes with it.',
      access: 'owner',
      isForPeople: true,
      answers: [saysInData()],
      codes: ['WEBHOOK_NOT_FOUND'],
      example: one,
    },
    'POST /api/webhooks/:id/test': {
      title: 'Test a webhook',
      about: 'Sends an event that means nothing.',
      access: 'owner',
      isForPeople: true,
      answers: [succeeds(object({ eventId: text }))],
      codes: ['WEBHOOK_NOT_FOUND'],
      example: one,
    },
    'GET /api/webhooks/:id/deliveries': {
      title: 'Read the log of a webhook',
      access: 'owner',
      isForPeople: true,
      query: {
        page: about('Counted from 1', { type: 'integer', default: 1 }),
        limit: about('Rows of a page', { type: 'integer', minimum: 1, maximum: 100, default: 50 }),
        state: oneOf('waiting', 'delivered', 'failed'),
      },
      answers: [succeeds(object({ deliveries: listOf(delivery), pagination: paginationShape }))],
      codes: ['WEBHOOK_NOT_FOUND'],
      example: one,
    },
    'POST /api/webhooks/:id/deliveries/:eventId/redeliver': {
      title: 'Send an event again',
      access: 'owner',
      isForPeople: true,
      answers: [saysInData()],
      codes: ['WEBHOOK_NOT_FOUND', 'WEBHOOK_EVENT_NOT_FOUND'],
      example: { path: { id: sample.webhook, eventId: sample.webhookEvent } },
    },
  },
}
