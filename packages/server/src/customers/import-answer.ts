import { type Answer, succeeds } from '../documents/answers.ts'
import { about, count, id, listOf, named, object, oneOf, text } from '../documents/shapes.ts'

/** What becomes of each row of a bulk import. */
export const importAnswer: Answer = succeeds(
  named(
    'ImportResult',
    object({
      created: count,
      updated: count,
      unchanged: count,
      rejected: count,
      skipped: about('All that were not created', count),
      results: listOf(
        object(
          { row: about('Counted from 0', count), status: oneOf('created', 'updated', 'unchanged', 'rejected') },
          {
            id,
            reasons: listOf(object({ path: text, message: text })),
            note: about('What of the row was not taken, and why', text),
          },
        ),
      ),
    }),
  ),
  { status: 201 },
)
