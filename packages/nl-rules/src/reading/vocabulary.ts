import type { Activity, Catalog, Entity, Field, Measure } from '@muster/segment-core'
import { englishSigns, englishWords } from './english-words.ts'
import { nounForms, plural, verbForms } from './inflect.ts'
import type { FoundValue, KnownValues } from './known-values.ts'
import type { Meaning } from './meanings.ts'
import { addPhrase, createPhraseTree, type PhraseTree, wordsOf } from './phrases.ts'
import { createSpelling, type Spelling } from './spelling.ts'

/** Everything needed to read English about one catalog. */
export interface Vocabulary {
  readonly catalog: Catalog
  readonly root: Entity
  readonly activities: Readonly<Record<string, Activity>>
  readonly measures: Readonly<Record<string, Measure>>
  readonly places: readonly string[]
  readonly phrases: PhraseTree<Meaning>
  readonly signs: Readonly<Record<string, readonly Meaning[]>>
  readonly spelling: Spelling
  readonly words: ReadonlySet<string>
}

/** The values that are known, ready to be looked up. */
export interface ValueIndex {
  readonly phrases: PhraseTree<FoundValue>
  /** Every word of a known name, with the fields (`entity.field`) in whose names it stands. */
  readonly words: ReadonlyMap<string, ReadonlySet<string>>
  /** Finds the known word that an unknown one is a slip of, if there is one. */
  readonly spelling: Spelling
}

/** Gathers the words of English and those of a catalog: names of fields, words of enums, verbs, sayings, glossary. */
export function createVocabulary(catalog: Catalog): Vocabulary {
  const root = catalog.entities[catalog.root]
  if (root === undefined) throw new TypeError(`The catalog has no entity "${catalog.root}"`)
  const english = catalog.english
  const phrases = createPhraseTree<Meaning>()
  const words = new Set<string>()
  const add = (phrase: string, meaning: Meaning) => {
    addPhrase(phrases, phrase, meaning)
    for (const word of wordsOf(phrase)) words.add(word)
  }
  for (const [meaning, list] of englishWords) for (const phrase of list.split(', ')) add(phrase, meaning)
  const vocabulary: Vocabulary = {
    catalog,
    root,
    activities: english?.activities ?? {},
    measures: english?.measures ?? {},
    places: english?.places ?? [],
    phrases,
    signs: englishSigns,
    spelling: (word) => spelling(word),
    words,
  }
  addAudience(vocabulary, add)
  addFields(vocabulary, add)
  addActivities(vocabulary, add)
  addSayings(vocabulary, add)
  const spelling = createSpelling(words)
  return vocabulary
}

type Add = (phrase: string, meaning: Meaning) => void

function addAudience({ catalog, root }: Vocabulary, add: Add): void {
  for (const noun of [[root.label.one, root.label.many] as const, ...(catalog.english?.audience ?? [])]) {
    const { one, many } = nounForms(noun)
    for (const form of new Set([one, many, `${one}'s`, `${many}'`])) add(form, { is: 'audience' })
  }
}

function addFields({ catalog, root, activities }: Vocabulary, add: Add): void {
  for (const [name, field] of Object.entries(root.fields)) {
    const names = namesOf(name, field, catalog.english?.names?.[name] ?? [])
    for (const phrase of names) add(phrase, { is: 'field', name })
    if (field.type === 'enum') {
      for (const [value, phrase] of enumWords(field)) {
        add(phrase, { is: 'enum', field: name, value, needsField: commonWords.has(phrase) })
      }
    }
  }
  for (const [activity, { records }] of Object.entries(activities)) {
    const entity = records && catalog.entities[root.relations?.[records.of]?.entity ?? '']
    const status = records?.status === undefined ? undefined : entity?.fields[records.status]
    if (status?.type !== 'enum') continue
    for (const [value, phrase] of enumWords(status)) add(phrase, { is: 'status', activity, value })
  }
}

/** Words that mean too much to be the value of an enum by themselves. */
const commonWords: ReadonlySet<string> = new Set(
  'other others none no yes any all some unknown new old open closed free full same such more less not set active on off'.split(
    ' ',
  ),
)

/** The names of a field: as rules spell it, in words, its label and synonyms, with the plural of each. */
function namesOf(name: string, field: Field, more: readonly string[]): ReadonlySet<string> {
  const spoken = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ')
  const names = [name, spoken, field.label ?? spoken, ...(field.synonyms ?? []), ...more].map((text) =>
    text.toLowerCase(),
  )
  return new Set([...names, ...names.filter((text) => !text.endsWith('s')).map(plural)])
}

function enumWords(field: Field & { type: 'enum' }): (readonly [value: string, phrase: string])[] {
  return field.values.flatMap((value) => {
    const spoken = value.toLowerCase().replaceAll('_', ' ')
    const own = field.words?.[value] ?? []
    return [...new Set([spoken, ...own.map((word) => word.toLowerCase())])].map((phrase) => [value, phrase] as const)
  })
}

function addActivities({ activities, measures }: Vocabulary, add: Add): void {
  for (const [name, activity] of Object.entries(activities)) {
    for (const verb of activity.verbs ?? []) {
      const { base, forms } = verbForms(verb)
      for (const form of forms) add(form, { is: 'activity', name, form: 'verb', base, many: false })
    }
    for (const noun of activity.nouns ?? []) {
      const { one, many } = nounForms(noun)
      add(one, { is: 'activity', name, form: 'noun', base: one, many: false })
      add(many, { is: 'activity', name, form: 'noun', base: one, many: true })
    }
  }
  for (const [phrase, meaning] of objectWords(activities)) add(phrase, meaning)
  for (const [name, measure] of Object.entries(measures)) {
    for (const verb of measure.verbs ?? []) {
      for (const form of verbForms(verb).forms) add(form, { is: 'measure', name, form: 'verb' })
    }
    for (const noun of measure.nouns ?? []) {
      const { one, many } = nounForms(noun)
      for (const form of new Set([one, many])) add(form, { is: 'measure', name, form: 'noun' })
    }
  }
}

/** The nouns for what activities are done to, each with all the activities that know it. */
function objectWords(activities: Vocabulary['activities']): (readonly [phrase: string, meaning: Meaning])[] {
  const found = new Map<string, { how: 'named' | 'any' | 'category'; activities: string[] }>()
  const note = (phrase: string, how: 'named' | 'any' | 'category', activity: string) => {
    const entry = found.get(`${how} ${phrase}`)
    if (entry === undefined) found.set(`${how} ${phrase}`, { how, activities: [activity] })
    else entry.activities.push(activity)
  }
  for (const [name, { objects }] of Object.entries(activities)) {
    if (objects === undefined) continue
    for (const noun of objects.anything) for (const form of Object.values(nounForms(noun))) note(form, 'any', name)
    const named = objects.kind === 'named' ? objects.nouns : [objects.category]
    const how = objects.kind === 'named' ? 'named' : 'category'
    for (const noun of named) for (const form of Object.values(nounForms(noun))) note(form, how, name)
  }
  return [...found].map(([key, entry]) => [key.slice(entry.how.length + 1), { is: 'object', ...entry }] as const)
}

function addSayings({ catalog }: Vocabulary, add: Add): void {
  const { sayings = [], glossary = [] } = catalog.english ?? {}
  for (const [list, isGlossary] of [
    [sayings, false],
    [glossary, true],
  ] as const) {
    for (const saying of list) {
      for (const phrase of new Set(saying.words.flatMap((word) => [word.toLowerCase(), plural(word.toLowerCase())]))) {
        add(phrase, { is: 'saying', saying, isGlossary })
      }
    }
  }
}

/** Prepares known values, those handed over and those that the catalog itself lists. */
export function createValueIndex(catalog: Catalog, knownValues: KnownValues): ValueIndex {
  const phrases = createPhraseTree<FoundValue>()
  const words = new Map<string, Set<string>>()
  const add = (name: string, found: FoundValue) => {
    addPhrase(phrases, name, found)
    for (const word of wordsOf(name)) {
      const fields = words.get(word)
      if (fields === undefined) words.set(word, new Set([`${found.entity}.${found.field}`]))
      else fields.add(`${found.entity}.${found.field}`)
    }
  }
  for (const [entity, { fields }] of Object.entries(catalog.entities)) {
    for (const [field, declared] of Object.entries(fields)) {
      const own = declared.type === 'text' || declared.type === 'tags' ? (declared.knownValues ?? []) : []
      for (const value of own) add(value, { entity, field, value })
      for (const { value, aliases = [] } of knownValues[entity]?.[field] ?? []) {
        for (const name of new Set([value, ...aliases])) add(name, { entity, field, value })
      }
    }
  }
  return { phrases, words, spelling: createSpelling(new Set(words.keys())) }
}
