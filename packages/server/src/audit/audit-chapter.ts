import { succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { paginationShape } from '../documents/list-query.ts'
import { about, count, id, instant, listOf, named, object, orNull, text, truth } from '../documents/shapes.ts'

const entry = named(
  'AuditEntry',
  object({
    number: about('From 1, without gaps', count),
    at: instant,
    actor: object({ id, name: text, machineId: about('The service token that did it for them', orNull(id)) }),
    action: { ...text, examples: ['campaign.launched'] },
    subjectId: about('What it was done to', text),
    details: about('Ids, counts and roles', { type: 'object' }),
    hash: about('Covers this entry and the hash of the one before', text),
  }),
)

/** The log of who did what. */
export const auditChapter: Chapter = {
  name: 'Audit log',
  about:
    'Who launched what to how many, who let whom in, who made which key. Written with the deed itself, never changed.',
  routes: {
    'GET /api/workspace/audit': {
      title: 'Read the audit log',
      about: 'The latest entry first.',
      access: 'owner',
      isForPeople: true,
      query: {
        page: about('Counted from 1', { type: 'integer', default: 1 }),
        limit: about('Entries of a page', { type: 'integer', minimum: 1, maximum: 100, default: 50 }),
      },
      answers: [succeeds(object({ entries: listOf(entry), pagination: paginationShape }))],
      example: { query: { limit: 10 } },
    },
    'GET /api/workspace/audit/check': {
      title: 'Check the audit log',
      about: 'Walks along the whole chain. Note the hash elsewhere: later it shows whether everything was rewritten.',
      access: 'owner',
      isForPeople: true,
      answers: [
        succeeds(
          object({
            entries: count,
            hash: about('Of the last entry', text),
            isIntact: truth,
            brokenAt: about('The first entry that is missing or was changed', orNull(count)),
          }),
        ),
      ],
      example: {},
    },
  },
}
