import { saysInData, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { listQuery, paginationShape } from '../documents/list-query.ts'
import { sample } from '../documents/samples.ts'
import {
  about,
  anything,
  count,
  extended,
  id,
  instant,
  listOf,
  named,
  object,
  oneOf,
  orNull,
  percent,
  shapeCalled,
  text,
  truth,
  withProperty,
} from '../documents/shapes.ts'
import { previewShape } from '../segments/segment-chapter.ts'
import { campaignStatuses } from './campaign.ts'
import { launchSchema, planSchema, previewAudienceSchema } from './campaign-schemas.ts'
import { funnel } from './funnel-shape.ts'

const variantShape = object({ name: text, weight: count, message: text })

/** Where a campaign stands. */
export const status = named('CampaignStatus', oneOf(...campaignStatuses))

/** What became of a message. */
export const messageStatus = named(
  'MessageStatus',
  oneOf('PENDING', 'SENT', 'DELIVERED', 'FAILED', 'BOUNCED', 'SKIPPED', 'CANCELLED'),
)

const campaign = named(
  'Campaign',
  object({
    id,
    name: text,
    description: orNull(text),
    rules: about('As they were given', anything),
    audienceSize: about('Members at `audienceMeasuredAt`; from the launch on, the people it goes to', count),
    audienceMeasuredAt: orNull(instant),
    status,
    message: about('With its placeholders; null until the launch, and with several texts', orNull(text)),
    variants: about('The texts that are compared; none where there is one', listOf(variantShape)),
    controlPercent: about('So many of a hundred are left out, to be compared with', count),
    scheduledAt: orNull(instant),
    expiresAt: about('What was not sent by then never is', orNull(instant)),
    launchedAt: orNull(instant),
    completedAt: orNull(instant),
    userId: id,
    createdAt: instant,
    updatedAt: instant,
  }),
)

const deliveryStats = named(
  'DeliveryStats',
  object({
    total: count,
    sent: about('What the vendor ever took; it does not shrink when receipts arrive', count),
    delivered: count,
    failed: about('Failed and bounced', count),
    byStatus: about(
      'Sums to `total` at every instant',
      object({
        PENDING: count,
        SENT: count,
        DELIVERED: count,
        FAILED: count,
        BOUNCED: count,
        SKIPPED: count,
        CANCELLED: count,
      }),
    ),
  }),
)

const listed = named(
  'ListedCampaign',
  extended(campaign, {
    _count: object({ communicationLogs: count }),
    isScheduled: about('Launched for later, and its time has not come', truth),
    deliveryStats,
  }),
)

/** One message as lists show it. */
export const message = named(
  'Message',
  object({
    id,
    campaignId: id,
    customerId: id,
    customer: about('Null where the customer was deleted', orNull(object({ id, name: text, email: text }))),
    message: about('As it was sent; empty before the first attempt', text),
    variant: about('`A` to `E`, `control`, or null where there is one text', orNull(text)),
    status: messageStatus,
    attempts: about('Requests that were made to the vendor', count),
    isSuperseded: about('Another message was written in its place', truth),
    sentAt: orNull(instant),
    deliveredAt: orNull(instant),
    failedAt: orNull(instant),
    errorCode: orNull(text),
    errorMessage: orNull(text),
    createdAt: instant,
    updatedAt: instant,
  }),
)

const rules = shapeCalled('Rules')
const plan = {
  name: 'Spring letter',
  description: 'For those who spent something',
  rules: { logic: 'AND', conditions: [{ field: 'totalSpending', operator: '>', value: 0 }] },
}
const planInput = named('CampaignPlan', withProperty(planSchema, 'rules', rules))
const one = { path: { id: sample.campaign } }

/** Campaigns from the draft to the last receipt. */
export const campaignChapter: Chapter = {
  name: 'Campaigns',
  about: 'A message to an audience: planned as a draft, launched once, followed to the last receipt.',
  routes: {
    'GET /api/campaigns': {
      title: 'List campaigns',
      access: 'viewer',
      query: listQuery(['createdAt', 'name', 'status'], { status }),
      answers: [succeeds(object({ campaigns: listOf(listed), pagination: paginationShape }))],
      example: { query: { status: 'DRAFT' } },
    },
    'GET /api/campaigns/stats': {
      title: 'Sum up the campaigns',
      access: 'viewer',
      answers: [
        succeeds(object({ totalCampaigns: count, totalAudience: count, messagesSent: count, avgSuccessRate: percent })),
      ],
      example: {},
    },
    'POST /api/campaigns/preview-audience': {
      title: 'Preview an audience',
      access: 'viewer',
      about: 'With `funnel`, also who of them would be written to.',
      body: named('AudienceInput', withProperty(previewAudienceSchema, 'rules', rules)),
      answers: [succeeds(object(previewShape, { funnel }), { hoisted: { audienceSize: count } })],
      codes: ['INVALID_RULE'],
      example: {
        body: {
          rules: {
            logic: 'AND',
            conditions: [
              { field: 'visitCount', operator: '>=', value: 1 },
              { field: 'lastVisit', operator: 'after', value: '2025-03-01' },
            ],
            connectors: ['AND'],
          },
        },
      },
    },
    'POST /api/campaigns': {
      title: 'Draft a campaign',
      access: 'marketer',
      body: planInput,
      answers: [succeeds(object({ id, campaign }), { status: 201, hoisted: { id, campaign } })],
      codes: ['INVALID_RULE'],
      example: { body: plan },
    },
    'GET /api/campaigns/:id': {
      title: 'Read a campaign',
      about: 'With its figures and the 100 newest messages.',
      access: 'viewer',
      answers: [
        succeeds(
          object({
            campaign: named(
              'CampaignDetail',
              extended(listed, {
                pauseReason: orNull(text),
                failures: about('Why messages did not arrive', listOf(object({ code: text, count }))),
                communicationLogs: listOf(message),
              }),
            ),
          }),
        ),
      ],
      codes: ['CAMPAIGN_NOT_FOUND'],
      example: one,
    },
    'PUT /api/campaigns/:id': {
      title: 'Change a draft',
      access: 'marketer',
      body: planInput,
      answers: [saysInData({ campaign })],
      codes: ['INVALID_RULE', 'CAMPAIGN_NOT_FOUND', 'CAMPAIGN_NOT_DRAFT'],
      example: { ...one, body: { ...plan, name: 'Summer letter' } },
    },
    'DELETE /api/campaigns/:id': {
      title: 'Delete a draft',
      access: 'marketer',
      answers: [saysInData()],
      codes: ['CAMPAIGN_NOT_FOUND', 'CAMPAIGN_NOT_DRAFT'],
      example: one,
    },
    'POST /api/campaigns/:id/launch': {
      title: 'Launch a campaign',
      about:
        'Fixes the audience and begins, now or at `scheduleAt`; a time without a zone is one of the business. The same launch again gives the same answer. With the token of a preview it is held to what was previewed, and says who left and who joined since.',
      access: 'marketer',
      body: named('Launch', launchSchema),
      answers: [
        succeeds(
          object({
            audienceSize: count,
            message: text,
            scheduledAt: orNull(instant),
            expiresAt: orNull(instant),
            difference: about(
              'Since the preview; null without a token',
              orNull(object({ left: count, joined: count })),
            ),
          }),
        ),
      ],
      codes: ['CAMPAIGN_NOT_FOUND', 'CAMPAIGN_NOT_DRAFT', 'AUDIENCE_EMPTY', 'PREVIEW_OUTDATED', 'CONFIRMATION_NEEDED'],
      example: { ...one, body: { message: 'Hello {name}, the new teas are here.' } },
    },
    'POST /api/campaigns/:id/pause': {
      title: 'Pause a campaign',
      about: 'What is on its way arrives; nothing new is sent.',
      access: 'marketer',
      answers: [saysInData({ status })],
      codes: ['CAMPAIGN_NOT_FOUND', 'CAMPAIGN_NOT_ACTIVE'],
      example: { path: { id: sample.launchedCampaign } },
    },
    'POST /api/campaigns/:id/resume': {
      title: 'Resume a campaign',
      access: 'marketer',
      answers: [saysInData({ status })],
      codes: ['CAMPAIGN_NOT_FOUND', 'CAMPAIGN_NOT_ACTIVE'],
      example: { path: { id: sample.pausedCampaign } },
    },
    'POST /api/campaigns/:id/cancel': {
      title: 'Cancel a campaign',
      about: 'For good. What was sent stays sent and goes on being followed.',
      access: 'marketer',
      answers: [saysInData({ status })],
      codes: ['CAMPAIGN_NOT_FOUND', 'CAMPAIGN_NOT_ACTIVE'],
      example: { path: { id: sample.launchedCampaign } },
    },
    'POST /api/campaigns/:id/retry-failed': {
      title: 'Send again to those who were not reached',
      about: 'Only to those who certainly got nothing.',
      access: 'marketer',
      answers: [saysInData({ retried: count })],
      codes: ['CAMPAIGN_NOT_FOUND', 'CAMPAIGN_NOT_ACTIVE', 'NOTHING_TO_RETRY'],
      example: { path: { id: sample.failedCampaign } },
    },
  },
}
