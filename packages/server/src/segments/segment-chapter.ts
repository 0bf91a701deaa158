import { crmCatalog } from '../catalog/crm-catalog.ts'
import { saysInData, sends, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { listQuery, paginationShape } from '../documents/list-query.ts'
import { rulesShape } from '../documents/rules-shape.ts'
import { sample } from '../documents/samples.ts'
import {
  about,
  anything,
  count,
  id,
  instant,
  listOf,
  money,
  named,
  object,
  oneOf,
  orNull,
  text,
  truth,
  withProperty,
} from '../documents/shapes.ts'
import { previewSchema, segmentSchema } from './segment-schemas.ts'

const rules = rulesShape(crmCatalog)

/** The rules as they were given: an older writing stays what it was. */
const givenRules = about('As they were given', anything)

const segment = named(
  'Segment',
  object({
    id,
    name: text,
    description: orNull(text),
    rules: givenRules,
    size: about('Members at `measuredAt`', count),
    measuredAt: instant,
    createdAt: instant,
    updatedAt: instant,
  }),
)

/** What a preview says of an audience. */
export const previewShape = {
  audienceSize: count,
  measuredAt: instant,
  sampleCustomers: about(
    'The biggest spenders among them',
    listOf(object({ id, name: text, email: text, totalSpending: money, visitCount: count })),
  ),
  sentence: about('The rule in English', text),
  warnings: about('What is valid and surely not meant', listOf(object({ code: text, path: text, message: text }))),
}

/** How counting fails where a rule is too dear. */
const slow = ['AUDIENCE_TOO_SLOW', 'TOO_MANY_QUESTIONS', 'CALLER_GONE'] as const

const kept = object({ segment, sentence: previewShape.sentence, warnings: previewShape.warnings })

const conditionCount = object({
  path: about('JSON Pointer into the rule', text),
  kind: oneOf('condition', 'group', 'segment'),
  count,
  onlyMissing: about('How many of them only because a value is missing', orNull(count)),
})

const explanation = named(
  'Explanation',
  object({
    verdict: truth,
    tree: about(
      'Groups with their parts; conditions with the value that was seen and the bound that was used',
      anything,
    ),
    flips: about('The fewest conditions whose change would turn the verdict', listOf(anything)),
    now: about('Milliseconds since 1970', { type: 'number' }),
    timeZone: text,
  }),
)

const plan = {
  name: 'Big spenders on the move',
  rules: {
    logic: 'AND',
    conditions: [
      { field: 'totalSpending', operator: '>=', value: 100 },
      { field: 'visitCount', operator: '>=', value: 1 },
    ],
  },
}
const one = { path: { id: sample.segment } }

/** Segments: named rules. */
export const segmentChapter: Chapter = {
  name: 'Segments',
  about: 'Rules that choose customers: who is in, how many, and why.',
  routes: {
    'GET /api/segments': {
      title: 'List segments',
      access: 'viewer',
      query: listQuery(['createdAt', 'name', 'size']),
      answers: [succeeds(object({ segments: listOf(segment), pagination: paginationShape }))],
      example: {},
    },
    'POST /api/segments': {
      title: 'Create a segment',
      access: 'marketer',
      body: named('SegmentPlan', withProperty(segmentSchema, 'rules', rules)),
      about: 'Rules may be rows and connectors, the full language, json-rules-engine or React Query Builder.',
      answers: [succeeds(kept)],
      codes: ['INVALID_RULE', 'SEGMENT_NAME_TAKEN', 'SEGMENTS_FULL', ...slow],
      isVersioned: true,
      example: { body: plan },
    },
    'POST /api/segments/preview': {
      title: 'Preview a segment',
      about:
        'How many, who, and for how many each condition holds: where people drop out. Ends after 5 seconds, or when the caller goes away; at most two at once.',
      access: 'viewer',
      body: named('PreviewInput', withProperty(previewSchema, 'rules', rules)),
      answers: [succeeds(object({ ...previewShape, conditions: listOf(conditionCount) }))],
      codes: ['INVALID_RULE', ...slow],
      example: {
        body: {
          rules: {
            logic: 'AND',
            conditions: [
              { aggregate: 'count', of: 'orders', operator: '>=', value: 1 },
              { logic: 'NOT', conditions: [{ field: 'country', operator: '=', value: 'France' }] },
            ],
          },
        },
      },
    },
    'GET /api/segments/:id': {
      title: 'Read a segment',
      access: 'viewer',
      answers: [succeeds(object({ segment }))],
      codes: ['SEGMENT_NOT_FOUND'],
      isVersioned: true,
      example: one,
    },
    'PUT /api/segments/:id': {
      title: 'Change a segment',
      access: 'marketer',
      body: named('SegmentPlan', withProperty(segmentSchema, 'rules', rules)),
      answers: [succeeds(kept)],
      codes: ['INVALID_RULE', 'SEGMENT_NOT_FOUND', 'SEGMENT_NAME_TAKEN', ...slow],
      isVersioned: true,
      example: { ...one, body: { ...plan, description: 'For the spring letter' } },
    },
    'POST /api/segments/:id/measure': {
      title: 'Count a segment again',
      access: 'viewer',
      answers: [succeeds(object({ segment }))],
      codes: ['SEGMENT_NOT_FOUND', ...slow],
      example: one,
    },
    'DELETE /api/segments/:id': {
      title: 'Delete a segment',
      access: 'marketer',
      answers: [saysInData()],
      codes: ['SEGMENT_NOT_FOUND', 'SEGMENT_IN_USE'],
      example: one,
    },
    'GET /api/segments/:id/explain/:customerId': {
      title: 'Explain a membership',
      about: 'Why one customer is in, or why not.',
      access: 'viewer',
      answers: [succeeds(object({ explanation }))],
      codes: ['SEGMENT_NOT_FOUND', 'CUSTOMER_NOT_FOUND'],
      example: { path: { id: sample.segment, customerId: sample.customer } },
    },
    'GET /api/segments/:id/members': {
      title: 'Export the members of a segment',
      about: 'As CSV or as one JSON object a line, in the order of their ids, however many they are.',
      access: 'viewer',
      query: { format: oneOf('csv', 'ndjson') },
      answers: [sends('text/csv', 'application/x-ndjson')],
      codes: ['SEGMENT_NOT_FOUND'],
      example: { ...one, query: { format: 'csv' } },
    },
  },
}
