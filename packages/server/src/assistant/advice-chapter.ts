import { crmCatalog } from '../catalog/crm-catalog.ts'
import { succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { rulesShape } from '../documents/rules-shape.ts'
import { sample } from '../documents/samples.ts'
import {
  about,
  anything,
  count,
  id,
  instant,
  listOf,
  named,
  object,
  oneOf,
  orNull,
  percent,
  text,
  withProperty,
} from '../documents/shapes.ts'
import { checkLookalike, checkPersonalizing, checkSummary, checkTagging, checkTiming } from './advice-routes.ts'
import { dayNames } from './suggest-times.ts'

const rules = rulesShape(crmCatalog)
const source = about('`composed` without a language model, or the provider', text)
const note = about('What one should know about how it came about', orNull(text))

const figures = object({
  audience: count,
  sent: count,
  delivered: count,
  failed: count,
  skipped: count,
  cancelled: count,
  pending: count,
  deliveryRate: about('Delivered, of those whose end is known', orNull(percent)),
})

const suggestions = object({
  bestTime: about('Null where there is not enough data', orNull(object({ hour: count, minute: count }))),
  bestDay: orNull(oneOf(...dayNames)),
  timezone: text,
  reasoning: text,
  alternatives: listOf(
    object({
      day: oneOf(...dayNames),
      time: text,
      expectedEngagement: about('Percent of all activity that fell into that hour of the week', percent),
    }),
  ),
  basis: object({ orders: count, opens: count, days: count }),
})

const lookalike = object({
  expandedRules: about('The base, or what its members have in common', anything),
  estimatedSize: about('Counted at `measuredAtMs`', count),
  baseSize: count,
  similarity: about('How alike the added are to the base, measured; null where nobody is added', orNull(percent)),
  characteristics: about('What the expansion looks for', listOf(text)),
  measuredAtMs: count,
  sampled: object({ base: count, added: count }),
  note,
})

/** Advice from a workspace's own rows. */
export const adviceChapter: Chapter = {
  name: 'Advice',
  about:
    'How a campaign went, when to send, who is alike, what to file a campaign under. Every number is counted on this workspace’s rows; a language model, where there is one, writes prose and never supplies a number.',
  routes: {
    'POST /api/ai/campaign-summary': {
      title: 'Summarize a campaign',
      access: 'viewer',
      body: named('SummaryWish', checkSummary.schema),
      answers: [succeeds(object({ campaignId: id, summary: text, figures, measuredAt: instant, source, note }))],
      codes: ['CAMPAIGN_NOT_FOUND'],
      example: { body: { campaignId: sample.failedCampaign } },
    },
    'POST /api/ai/scheduling-suggestions': {
      title: 'Suggest a time to send',
      about: 'The hour of the week in which customers opened or ordered most, in the workspace’s zone.',
      access: 'viewer',
      body: named('TimingWish', checkTiming.schema),
      answers: [succeeds(object({ suggestions }))],
      example: { body: { campaignType: 'promotion' } },
    },
    'POST /api/ai/lookalike-audience': {
      title: 'Find a lookalike audience',
      about: 'Widens: nobody of the base is left out.',
      access: 'viewer',
      body: named('LookalikeWish', withProperty(checkLookalike.schema, 'baseAudienceRules', rules)),
      answers: [succeeds(object({ baseRules: anything, lookalike }))],
      codes: ['INVALID_RULE', 'AUDIENCE_TOO_SLOW', 'TOO_MANY_QUESTIONS', 'CALLER_GONE'],
      example: { body: { baseAudienceRules: { field: 'totalSpending', operator: '>', value: 100 } } },
    },
    'POST /api/ai/auto-tag': {
      title: 'Suggest tags for a campaign',
      access: 'viewer',
      body: named('TaggingWish', checkTagging.schema),
      answers: [
        succeeds(
          object({
            tags: listOf(text),
            confidence: { type: 'null', description: 'Nobody has measured it' },
            reasons: listOf(object({ tag: text, why: text })),
          }),
        ),
      ],
      codes: ['INVALID_RULE'],
      example: { body: { campaignData: { name: 'Diwali', message: 'We miss you! Come back for 20% off.' } } },
    },
    'POST /api/ai/personalize-content': {
      title: 'Personalize a text',
      access: 'viewer',
      body: named('PersonalizingWish', checkPersonalizing.schema),
      answers: [succeeds(object({ original: text, personalized: text, variations: listOf(text) }))],
      example: { body: { template: 'Hello {name}, our new menu is here.', customerData: { name: 'Asha' } } },
    },
  },
}
