/** What does a sentence become, and how does one learn that a part of it was not understood? */

import { translate } from '@muster/nl-rules'
import { crmCatalog } from '@muster/server/catalog'

const sentences = [
  'people who spent over 5k and haven’t ordered in 3 months, but not from Mumbai',
  'women with a birthday this month who accept marketing',
  'our 10 best customers',
]

for (const sentence of sentences) {
  const {
    rule,
    confident,
    sentence: saidBack,
    notUnderstood,
    assumptions,
  } = await translate(sentence, {
    catalog: crmCatalog,
    knownValues: { customers: { city: [{ value: 'Mumbai', aliases: ['Bombay'] }] } },
    now: Date.parse('2026-03-15T09:30:00Z'),
    timeZone: 'Asia/Kolkata',
  })
  process.stdout.write(`“${sentence}”\n`)
  process.stdout.write(
    confident ? `  ${saidBack}\n  ${JSON.stringify(rule)}\n` : '  Not certain, so nothing to send to.\n',
  )
  for (const { text } of notUnderstood) process.stdout.write(`  not understood: ${text}\n`)
  for (const assumption of assumptions) process.stdout.write(`  assumed: ${JSON.stringify(assumption)}\n`)
}
