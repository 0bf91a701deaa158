import type { Catalog, Entity, Field } from './catalog.ts'
import type { Duration, Everyone, Logic, MonthValue, PeriodValue, SegmentReference } from './rule.ts'

/** The rules over a catalog, with its names, its enum values and the values of its operators checked by the compiler. */
export type RuleOf<C extends Catalog> = RuleOver<C, C['root']> | SegmentReference | Everyone | GroupOf<RuleOf<C>>

/** The rules over one entity of a catalog, as they stand in a `where`. */
export type RuleOver<C extends Catalog, Name extends string> =
  | FieldConditionOf<EntityOf<C, Name>>
  | FigureOf<C, EntityOf<C, Name>>
  | GroupOf<RuleOver<C, Name>>

interface GroupOf<Inner> {
  readonly logic: Logic
  readonly conditions: readonly Inner[]
}

// An intersection with `Entity` would let every text pass for the name of a field.
type EntityOf<C extends Catalog, Name extends string> = C['entities'][Name] extends infer E extends Entity ? E : never
type FieldName<E extends Entity> = keyof E['fields'] & string

type FieldConditionOf<E extends Entity> = {
  [Name in FieldName<E>]: { readonly field: Name } & ComparisonOf<E['fields'][Name]>
}[FieldName<E>]

/** The names of the fields of some types. */
type FieldOfType<E extends Entity, Type extends Field['type']> = {
  [Name in FieldName<E>]: E['fields'][Name] extends { readonly type: Type } ? Name : never
}[FieldName<E>]

type RelationName<E extends Entity> = keyof NonNullable<E['relations']> & string

type FigureOf<C extends Catalog, E extends Entity> = {
  [Name in RelationName<E>]: NonNullable<E['relations']>[Name] extends { readonly entity: infer Target extends string }
    ? FigureOver<C, Name, Target, EntityOf<C, Target>>
    : never
}[RelationName<E>]

type FigureOver<C extends Catalog, Name extends string, Target extends string, E extends Entity> = {
  readonly of: Name
  readonly where?: RuleOver<C, Target>
} & (
  | ({ readonly aggregate: 'count' } & NumberComparison)
  | ({
      readonly aggregate: 'countDistinct'
      readonly field: FieldOfType<E, Exclude<Field['type'], 'tags'>>
    } & NumberComparison)
  | ({ readonly aggregate: 'sum' | 'avg'; readonly field: FieldOfType<E, 'number' | 'money'> } & NumberComparison)
  | ({ readonly aggregate: 'min' | 'max'; readonly field: FieldOfType<E, 'number' | 'money'> } & NumberComparison)
  | ({ readonly aggregate: 'min' | 'max'; readonly field: FieldOfType<E, 'date'> } & DateComparison)
)

type ComparisonOf<F> = F extends { readonly type: 'number' | 'money' }
  ? NumberComparison
  : F extends { readonly type: 'text' }
    ? TextComparison
    : F extends { readonly type: 'enum'; readonly values: readonly (infer Word)[] }
      ? WordComparison<Word>
      : F extends { readonly type: 'boolean' }
        ? Presence | Compared<'=' | '!=', boolean>
        : F extends { readonly type: 'date' }
          ? DateComparison
          : F extends { readonly type: 'tags' }
            ? Presence | Compared<'hasAny' | 'hasAll' | 'hasNone', readonly string[]>
            : never

interface Compared<Operator extends string, Value> {
  readonly operator: Operator
  readonly value: Value
}

interface Presence {
  readonly operator: 'isSet' | 'isNotSet'
}

type NumberComparison =
  | Presence
  | Compared<'=' | '!=' | '>' | '>=' | '<' | '<=', number>
  | Compared<'between' | 'notBetween', readonly [number, number]>
  | Compared<'in' | 'notIn', readonly number[]>

type TextComparison =
  | Presence
  | Compared<'=' | '!=' | 'contains' | 'notContains' | 'startsWith' | 'endsWith', string>
  | Compared<'in' | 'notIn', readonly string[]>

type WordComparison<Word> = Presence | Compared<'=' | '!=', Word> | Compared<'in' | 'notIn', readonly Word[]>

type DateComparison =
  | Presence
  | Compared<'before' | 'after', string | number | Duration>
  | Compared<'on', string>
  | Compared<'between' | 'notBetween', readonly [string, string]>
  | Compared<'withinLast' | 'notWithinLast' | 'withinNext', number | Duration>
  | Compared<'during' | 'notDuring', PeriodValue>
  | Compared<'anniversaryWithinNext', { readonly days: number }>
  | Compared<'anniversaryIn', MonthValue | (PeriodValue & { readonly period: 'week' | 'month' })>
