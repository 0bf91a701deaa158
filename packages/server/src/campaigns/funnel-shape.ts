import { about, count, instant, listOf, named, object, oneOf, orNull, text } from '../documents/shapes.ts'

/** From everybody whom a rule chooses down to those who are written to, as answers show it. */
export const funnel = named(
  'Funnel',
  object({
    source: about('Foreseen before the launch, from the books of the run afterwards', oneOf('forecast', 'ledger')),
    at: instant,
    matched: about('Chosen by the rule', count),
    hasAddress: about('Left of them after those without an address, or with one that another one has', count),
    notSuppressed: about('Left after those whose address must not be written to', count),
    consents: about('Left after those who refuse, or were never asked where that is needed', count),
    notInControlGroup: about('Left after those who are left out to be compared with', count),
    willBeSent: about('`matched` without all exclusions', count),
    stillOpen: about('Not written to yet, and possibly still to be left out; null before the launch', orNull(count)),
    exclusions: about(
      'Everybody who is left out, once each; the cap is asked again at each sending',
      listOf(object({ code: text, count, reason: text })),
    ),
  }),
)
