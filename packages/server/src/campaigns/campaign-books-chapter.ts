import { saysInData, sends, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { cursorPaginationShape, cursorQuery } from '../documents/list-query.ts'
import { sample } from '../documents/samples.ts'
import { about, count, instant, listOf, object, oneOf, orNull, text } from '../documents/shapes.ts'
import { message, messageStatus, status } from './campaign-chapter.ts'
import { plannedLaunchSchema, scheduleSchema, testSchema } from './campaign-schemas.ts'
import { exclusionCodes } from './export-exclusion.ts'
import { funnel } from './funnel-shape.ts'

const draft = { path: { id: sample.campaign } }
const launched = { path: { id: sample.launchedCampaign } }
const format = { format: oneOf('csv', 'ndjson') }
const slow = ['AUDIENCE_TOO_SLOW', 'TOO_MANY_QUESTIONS', 'CALLER_GONE'] as const

const filter = {
  status: messageStatus,
  reason: about('The code of the reason', text),
  variant: about('`A` to `E`, or `control`', text),
  search: about('In the name or the address', text),
}

/** The books of a campaign, from who will be left out to what became of everybody. */
export const campaignBooksChapter: Chapter = {
  name: 'Books of campaigns',
  about: 'Who is left out and why, before the launch and after it; what became of every message; how each text fares.',
  routes: {
    'GET /api/campaigns/:id/funnel': {
      title: 'Show the funnel of a campaign',
      access: 'viewer',
      answers: [succeeds(object({ funnel }))],
      codes: ['CAMPAIGN_NOT_FOUND', ...slow],
      example: draft,
    },
    'GET /api/campaigns/:id/funnel/:exclusion': {
      title: 'Export whom a campaign leaves out',
      about: `For one reason: ${exclusionCodes.join(', ')}.`,
      access: 'viewer',
      query: format,
      answers: [sends('text/csv', 'application/x-ndjson')],
      codes: ['CAMPAIGN_NOT_FOUND', 'NOT_FOUND'],
      example: { path: { ...draft.path, exclusion: 'CONSENT_REFUSED' } },
    },
    'POST /api/campaigns/:id/preview': {
      title: 'Preview a launch',
      about:
        'Remembers who would get it. A launch with the token is held to these rules and texts, and says who left and who joined since. A newer preview of the campaign replaces it.',
      access: 'marketer',
      body: plannedLaunchSchema,
      answers: [succeeds(object({ funnel, previewToken: text }))],
      codes: ['CAMPAIGN_NOT_FOUND', 'CAMPAIGN_NOT_DRAFT', ...slow],
      example: { ...draft, body: { message: 'Hello {name}, the new teas are here.' } },
    },
    'POST /api/campaigns/:id/test-send': {
      title: 'Send yourself a test',
      about:
        'The text as a customer would read it, marked as a test, to your own address and no other. It counts nowhere.',
      access: 'marketer',
      isForPeople: true,
      body: testSchema,
      answers: [succeeds(object({ messageId: text, to: text, message: text, status: oneOf('QUEUED') }))],
      codes: ['CAMPAIGN_NOT_FOUND', 'CUSTOMER_NOT_FOUND', ...slow],
      example: { ...draft, body: { message: 'Hello {name}, the new teas are here.' } },
    },
    'PUT /api/campaigns/:id/schedule': {
      title: 'Move the time of a campaign',
      about: 'Of one that waits for it; null begins now. To put it off without a new time, pause it.',
      access: 'marketer',
      body: scheduleSchema,
      answers: [saysInData({ status, scheduledAt: orNull(instant) })],
      codes: ['CAMPAIGN_NOT_FOUND', 'CAMPAIGN_NOT_SCHEDULED'],
      example: { ...launched, body: { scheduleAt: '2098-12-01T09:30' } },
    },
    'GET /api/campaigns/:id/messages': {
      title: 'List the messages of a campaign',
      about: 'Newest first. Whoever was written to again is there once for each time.',
      access: 'viewer',
      query: {
        page: about('Counted from 1', { type: 'integer', default: 1 }),
        limit: about('Rows of a page, 100 at most', { type: 'integer', minimum: 1, maximum: 100 }),
        ...cursorQuery,
        ...filter,
      },
      answers: [
        succeeds(
          object({
            messages: listOf(message),
            reasons: about('Why messages of the whole campaign did not arrive', listOf(object({ code: text, count }))),
            pagination: cursorPaginationShape,
          }),
        ),
      ],
      codes: ['CAMPAIGN_NOT_FOUND'],
      example: { ...launched, query: { status: 'PENDING', limit: 10 } },
    },
    'GET /api/campaigns/:id/messages/export': {
      title: 'Export the messages of a campaign',
      access: 'viewer',
      query: { ...format, ...filter },
      answers: [sends('text/csv', 'application/x-ndjson')],
      codes: ['CAMPAIGN_NOT_FOUND'],
      example: launched,
    },
    'GET /api/campaigns/:id/variants': {
      title: 'Compare the texts of a campaign',
      about: 'The control group has a row of its own.',
      access: 'viewer',
      answers: [succeeds(object({ variants: listOf(variantFigures()) }))],
      codes: ['CAMPAIGN_NOT_FOUND'],
      example: launched,
    },
    'GET /api/campaigns/:id/events': {
      title: 'Watch a campaign',
      about:
        'Server-Sent Events: `progress` whenever the figures have changed, then `completed` or `cancelled`, and the end. Each holds all figures; `Last-Event-ID` goes on from there, and is answered with 204 where everything was heard.',
      access: 'viewer',
      answers: [sends('text/event-stream'), { status: 204, about: 'Nothing more will come', content: {} }],
      codes: ['CAMPAIGN_NOT_FOUND', 'TOO_MANY_LISTENERS', 'BUSY'],
      example: { path: { id: sample.failedCampaign } },
    },
  },
}

function variantFigures() {
  const counts = { PENDING: count, SENT: count, DELIVERED: count, FAILED: count, BOUNCED: count, SKIPPED: count }
  return object({
    variant: about('`A` to `E`, `control`, or null where there is one text', orNull(text)),
    weight: orNull(count),
    message: orNull(text),
    total: count,
    sent: count,
    delivered: count,
    failed: count,
    byStatus: object({ ...counts, CANCELLED: count }),
  })
}
