import { tones } from '@muster/nl-rules'
import { succeeds } from '../documents/answers.ts'
import type { Chapter, Description } from '../documents/description.ts'
import { about, anything, count, listOf, named, object, oneOf, orNull, text, truth } from '../documents/shapes.ts'
import { checkGenerate, checkPrompt, checkSuggestions } from './assistant-routes.ts'

const source = about('`composed` without a language model, or the provider', text)
const note = about('What one should know about how it came about', orNull(text))

const translation = named(
  'Translation',
  object(
    {
      rule: about('In the full language; null where nothing was understood', anything),
      confident: about('Every word was understood. Without it the rule is a proposal.', truth),
      stretches: about('The words in order, each with what it was taken for', listOf(anything)),
      notUnderstood: listOf(object({ text, start: count, end: count, why: text })),
      assumptions: about('What was taken for granted', listOf(anything)),
      source: oneOf('heuristics', 'anthropic', 'gemini'),
      sentence: about('The rule said back', orNull(text)),
    },
    { asked: listOf(anything) },
  ),
)

const translate: Omit<Description, 'title'> = {
  about:
    'Rows for the rule builder only where they say all of the meaning; everything that was understood, and what was not, under `translation`.',
  access: 'viewer',
  body: named('Prompt', checkPrompt.schema),
  answers: [
    succeeds(
      object({
        prompt: text,
        rules: object(
          {
            logic: oneOf('AND', 'OR'),
            conditions: listOf(object({ field: text, operator: text, value: anything })),
            provider: orNull(text),
          },
          { connectors: listOf(oneOf('AND', 'OR')) },
        ),
        explanation: text,
        translation,
      }),
    ),
  ],
  example: { body: { prompt: 'customers who spent more than 100 and have not ordered for 90 days' } },
}

/** Plain English in, rules or messages out. */
export const assistantChapter: Chapter = {
  name: 'Assistant',
  about: 'Plain English to rules, and words for messages. Works without a language model; never guesses.',
  routes: {
    'POST /api/ai/nl-to-rules': { title: 'Translate a sentence into rules', ...translate },
    'POST /api/ai/nl-to-rules-public': { title: 'Translate a sentence into rules by another name', ...translate },
    'POST /api/ai/generate': {
      title: 'Write a message',
      access: 'viewer',
      body: named('MessageWish', checkGenerate.schema),
      answers: [succeeds(object({ message: text, needsContext: truth, source, note }))],
      example: { body: { prompt: 'welcome back those who have been away', tone: 'friendly' } },
    },
    'POST /api/ai/message-suggestions': {
      title: 'Suggest messages',
      access: 'viewer',
      body: named('SuggestionWish', checkSuggestions.schema),
      answers: [
        succeeds(
          object({
            objective: text,
            suggestions: listOf(
              object({
                id: text,
                message: text,
                subject: orNull(text),
                tone: oneOf(...tones),
                estimatedEngagement: { type: 'null', description: 'Nobody knows' },
                recommendation: text,
              }),
            ),
            source,
            note,
          }),
        ),
      ],
      codes: ['INVALID_RULE'],
      example: {
        body: {
          objective: 'win back',
          audience: { rules: { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>', value: 2 }] } },
        },
      },
    },
  },
}
