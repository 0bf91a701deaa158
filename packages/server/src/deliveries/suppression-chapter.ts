import { says, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { listQuery, paginationShape } from '../documents/list-query.ts'
import { about, count, id, instant, listOf, named, object, oneOf, orNull, text } from '../documents/shapes.ts'
import { suppressionReasons } from './suppress-addresses.ts'
import { checkAddress, checkAddresses } from './suppression-routes.ts'

const suppression = named(
  'Suppression',
  object({
    address: text,
    reason: oneOf(...suppressionReasons),
    createdAt: instant,
    createdBy: about('Null where the vendor or the person said it', orNull(object({ id, name: text }))),
  }),
)

const result = object(
  { row: count, status: oneOf('added', 'unchanged', 'rejected') },
  { reasons: listOf(object({ path: text, message: text })) },
)

/** The addresses that nobody writes to. */
export const suppressionChapter: Chapter = {
  name: 'Suppressions',
  about: 'The addresses that nobody in the workspace writes to, whatever a campaign says.',
  routes: {
    'GET /api/suppressions': {
      title: 'List suppressed addresses',
      access: 'marketer',
      query: { ...listQuery(['createdAt']), reason: oneOf(...suppressionReasons) },
      answers: [succeeds(object({ suppressions: listOf(suppression), pagination: paginationShape }))],
      example: {},
    },
    'POST /api/suppressions': {
      title: 'Suppress an address',
      access: 'marketer',
      body: named('Address', checkAddress.schema),
      answers: [{ ...says(), status: 201, about: 'It is on the list now' }, says()],
      example: { body: { email: 'nobody@mail.example' } },
    },
    'POST /api/suppressions/bulk': {
      title: 'Suppress many addresses',
      about: 'As JSON, or as text/csv or text/plain with one address a line. Each row has a result of its own.',
      access: 'marketer',
      body: named('Addresses', checkAddresses.schema),
      answers: [succeeds(object({ added: count, unchanged: count, rejected: count, results: listOf(result) }))],
      example: { body: { addresses: ['nobody@mail.example'] } },
    },
    'DELETE /api/suppressions/:address': {
      title: 'Take an address off the list',
      about: 'After a complaint or a hard bounce only an owner may. A refusal of consent is not touched by it.',
      access: 'marketer',
      answers: [says()],
      codes: ['SUPPRESSION_NOT_FOUND', 'FORBIDDEN'],
      example: { path: { address: 'former@mail.example' } },
    },
  },
}
