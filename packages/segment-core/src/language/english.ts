/** The words in which people speak of a catalog's data. A catalog without one can still be compiled and described. */
export interface EnglishVocabulary {
  /** What the members of the audience are called: "customers", "people", "shoppers". */
  readonly audienceWords?: readonly string[]
}
