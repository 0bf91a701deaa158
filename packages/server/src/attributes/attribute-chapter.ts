import { says, succeeds } from '../documents/answers.ts'
import type { Chapter } from '../documents/description.ts'
import { sample } from '../documents/samples.ts'
import { about, count, listOf, named, object, text } from '../documents/shapes.ts'
import { attributeTypes } from './attribute.ts'
import { attributeChangeSchema, attributeSchema } from './attribute-schemas.ts'

const attribute = named(
  'Attribute',
  object({
    name: about('As rules and requests spell it', text),
    label: about('As people call it', text),
    type: { enum: attributeTypes },
    choices: about('The words of a choice', listOf(text)),
    decimals: about('Digits after the point of a number', count),
  }),
)

const one = { path: { name: sample.attribute } }
const tier = { label: 'tier', type: 'choice', choices: ['bronze', 'silver', 'gold', 'platinum'] }

/** What a workspace keeps about its customers beside the built-in facts. */
export const attributeChapter: Chapter = {
  name: 'Attributes',
  about: 'Facts of your own about customers: declared once, then stored, filtered by and used in rules like any other.',
  routes: {
    'GET /api/workspace/attributes': {
      title: 'List attributes',
      access: 'viewer',
      answers: [succeeds(object({ attributes: listOf(attribute) }))],
      example: {},
    },
    'POST /api/workspace/attributes': {
      title: 'Declare an attribute',
      about:
        'Names are letters, digits and _; a `date` is a calendar day, a `datetime` an instant. From now on customers can have it and rules can ask for it.',
      access: 'marketer',
      body: named('AttributePlan', attributeSchema),
      answers: [succeeds(object({ attribute }), { status: 201 })],
      codes: ['ATTRIBUTE_NAME_TAKEN', 'ATTRIBUTES_FULL'],
      example: { body: { name: 'loyaltyPoints', type: 'number' } },
    },
    'PUT /api/workspace/attributes/:name': {
      title: 'Change an attribute',
      about: 'Refused where a value that somebody has, or a rule that is stored, would no longer be valid.',
      access: 'marketer',
      body: named('AttributeChange', attributeChangeSchema),
      answers: [succeeds(object({ attribute }))],
      codes: ['ATTRIBUTE_NOT_FOUND', 'ATTRIBUTE_IN_USE'],
      example: { ...one, body: tier },
    },
    'DELETE /api/workspace/attributes/:name': {
      title: 'Delete an attribute',
      about: 'With the values of all customers. Refused while a segment or a draft asks for it, which is named.',
      access: 'marketer',
      answers: [says()],
      codes: ['ATTRIBUTE_NOT_FOUND', 'ATTRIBUTE_IN_USE'],
      example: one,
    },
  },
}
