import type { EnglishVocabulary } from './english.ts'

/** Everything the library knows about the data: which entities exist, what they hold, how they are related. */
export interface Catalog {
  /** The entity that rules select: a key of `entities`. */
  readonly root: string
  /** IANA name of the zone in which days are counted unless a compilation says otherwise. */
  readonly timeZone: string
  /** ISO 4217 code of the money fields, such as `INR`. */
  readonly currency?: string
  /**
   * Every text column compares code points exactly and without padding (in MySQL `utf8mb4_0900_bin`, in MariaDB
   * `utf8mb4_nopad_bin`, in PostgreSQL any deterministic collation). Without it each text comparison carries a second
   * one that is exact whatever the collation.
   */
  readonly exactText?: true
  readonly entities: Readonly<Record<string, Entity>>
  /** The words in which people speak of these data; only a reader of English needs it. */
  readonly english?: EnglishVocabulary
}

/** A table whose rows are selected or related. */
export interface Entity {
  readonly table: string
  /** Column of the primary key: never null, unique. */
  readonly primaryKey: string
  /**
   * Column that says to whom a row belongs. Where it is declared, compiling needs `scope`,
   * and every reference to this table and to the tag tables of its fields is limited to it.
   */
  readonly scopeColumn?: string
  readonly label: { readonly one: string; readonly many: string }
  readonly fields: Readonly<Record<string, Field>>
  readonly relations?: Readonly<Record<string, Relation>>
}

/** Rows of another entity that belong to a row of this one. */
export interface Relation {
  /** A key of the catalog's `entities`. */
  readonly entity: string
  /** Column of the related table that holds the primary key of this entity. */
  readonly foreignKey: string
  /** Every related row has an owner, in the same scope: what a foreign key vouches for. Some SQL is faster for it. */
  readonly ownersExist?: true
}

/** One fact about a record. The key under which it stands in `fields` is its name in rules. */
export type Field = TextField | EnumField | NumberField | MoneyField | BooleanField | DateField | TagsField

/** The types a field can have. */
export type FieldType = Field['type']

interface Described {
  /** How people call it: "total spending". Without one the name is split at its capitals. */
  readonly label?: string
  readonly synonyms?: readonly string[]
  /** Never missing. Only warnings and simpler SQL depend on it. */
  readonly required?: true
  /** No two records share a value. Where it is asked for one, few records remain, and SQL takes another shape. */
  readonly unique?: true
  /** About how many different values there are, for the same purpose. */
  readonly distinctValues?: number
}

/** Where a value is stored: in a column of its own, or under a key of a JSON object column (a custom attribute). */
export type Storage =
  | { readonly column: string; readonly json?: never }
  | { readonly json: JsonPlace; readonly column?: never }

/** A custom attribute's place. What is stored there and is not of the declared type counts as missing. */
export interface JsonPlace {
  /** The JSON object column, or a text column that holds a JSON object. */
  readonly column: string
  readonly key: string
  /** A second JSON object column in which texts are stored folded, under the same key. */
  readonly foldedColumn?: string
  /** Where the same values are kept once more, one a row, so that an index answers for them. Not for tags. */
  readonly rows?: KeptRows
}

/**
 * A table with one row for each value of a custom attribute that a record has, and none for a missing one. It says the
 * same as the JSON column at any time; whoever writes the one writes the other. It has the entity's `scopeColumn` too,
 * where one is declared. Case never counts in it: a text that is `caseSensitive` cannot be kept so, and no two values
 * of an enum may differ in case alone.
 */
export interface KeptRows {
  readonly table: string
  /** Column that holds the entity's primary key; never null. */
  readonly ownerColumn: string
  /** Column that holds the attribute's key. */
  readonly nameColumn: string
  /** Column of texts and words, folded, and of days as `YYYY-MM-DD`. */
  readonly textColumn: string
  /** Column of exact decimals: numbers, amounts in major units, truths as 1 and 0, instants as milliseconds since 1970. */
  readonly numberColumn: string
}

/** Text, compared without regard to case unless `caseSensitive`. */
export type TextField = Described &
  Storage & {
    readonly type: 'text'
    /** Column that holds `text.normalize('NFC').toLowerCase()`. */
    readonly foldedColumn?: string
    readonly caseSensitive?: true
    /** Values that are known to occur, for editors and readers of English. */
    readonly knownValues?: readonly string[]
  }

/** One of a few declared words, compared exactly. */
export type EnumField = Described &
  Storage & {
    readonly type: 'enum'
    readonly values: readonly string[]
    /** English words for each value: `{ female: ['women', 'ladies'] }`. */
    readonly words?: Readonly<Record<string, readonly string[]>>
  }

/** An exact decimal number. */
export type NumberField = Described &
  Storage & {
    readonly type: 'number'
    /** Digits after the point that a stored value can have. Default 0: whole numbers. */
    readonly decimals?: number
    /** What is counted: "visits". */
    readonly unit?: string
  }

/** An exact amount in the catalog's currency. */
export type MoneyField = Described &
  Storage & {
    readonly type: 'money'
    /** Digits after the point. Default 2. */
    readonly decimals?: number
    /** The column is an integer of minor units (cents, paise). Without it: an exact decimal of major units. */
    readonly minorUnits?: true
  }

/** True or false. */
export type BooleanField = Described & Storage & { readonly type: 'boolean' }

/** An instant, or with `dayOnly` a calendar day without a zone. */
export type DateField = Described &
  Storage & {
    readonly type: 'date'
    readonly dayOnly?: true
    /**
     * How the column holds it; needed with `column`, meaningless with `json`.
     * - `epochMs`: a whole number of milliseconds since 1970 (not for `dayOnly`).
     * - `datetime`: UTC in the database's own type: DATETIME in MySQL and MariaDB, `timestamptz` in PostgreSQL,
     *   text `YYYY-MM-DD HH:MM:SS[.fff…]` in SQLite; DATE (text `YYYY-MM-DD` in SQLite) for `dayOnly`.
     * - `isoText`: text as JavaScript's `toISOString` writes it, or `YYYY-MM-DD` for `dayOnly`.
     */
    readonly stored?: 'epochMs' | 'datetime' | 'isoText'
    /** The field records what has happened, so a window that lies wholly in the future deserves a warning. */
    readonly recordsPast?: true
  }

/** A set of texts, compared without regard to case. */
export type TagsField = Described & {
  readonly type: 'tags'
  readonly knownValues?: readonly string[]
} & (
    | {
        /** The table with one row per tag. It has the entity's `scopeColumn` too, where one is declared. */
        readonly table: string
        /** Column of that table that holds the entity's primary key. */
        readonly ownerColumn: string
        readonly column: string
        readonly foldedColumn?: string
        readonly json?: never
      }
    | {
        /** A JSON array column of texts. */
        readonly column: string
        /** A JSON array column of the same texts, folded. */
        readonly foldedColumn?: string
        readonly table?: never
        readonly json?: never
      }
    | { readonly json: JsonPlace; readonly column?: never; readonly table?: never }
  )
