import type { Activity, Contents, Named, Rule } from '@muster/segment-core'
import type { Clause, ObjectItem } from '../reading/clause.ts'
import { bothNumbers } from '../reading/inflect.ts'
import { anyOf } from './rules.ts'

/** For each object the condition on a record that has it; null for any object. */
export function objectConditions({ objects }: Clause, activity: Activity): (Rule | null)[] {
  if (objects === null || activity.objects === undefined) return []
  const kind = activity.objects
  return objects.items.map((item) =>
    kind.kind === 'contents' ? contentCondition(item, kind) : nameCondition(item, kind),
  )
}

/** The objects as one condition: any of them. */
export function namedTogether(named: readonly (Rule | null)[]): Rule[] {
  const rules = named.flatMap((rule) => rule ?? [])
  return rules.length === 0 ? [] : [anyOf(rules)]
}

function nameCondition({ name }: ObjectItem, objects: Named): Rule | null {
  return name === null ? null : { field: objects.name, operator: '=', value: name }
}

/** The record holds a thing of that kind, or whose name contains the words. */
function contentCondition({ name, isQuoted, isCategory }: ObjectItem, objects: Contents): Rule | null {
  if (name === null) return null
  const has = (where: Rule): Rule => ({ aggregate: 'count', of: objects.of, where, operator: '>=', value: 1 })
  if (isCategory) return has({ field: objects.category, operator: '=', value: name })
  const names = isQuoted ? [name] : bothNumbers(name.toLowerCase())
  const contained = names.filter((one) => !names.some((other) => other !== one && one.includes(other)))
  return has(
    anyOf([
      names.length === 1
        ? { field: objects.category, operator: '=', value: names[0]! }
        : { field: objects.category, operator: 'in', value: [...names] },
      ...objects.names.flatMap((field) => contained.map((value): Rule => ({ field, operator: 'contains', value }))),
    ]),
  )
}
