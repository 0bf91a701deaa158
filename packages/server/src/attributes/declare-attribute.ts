import { checkRule, type Rule } from '@muster/segment-core'
import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { inTransaction, isDuplicate } from '../database/in-transaction.ts'
import { type Fault, invalidInput, ProblemError } from '../problems/problem-error.ts'
import { type Attribute, type AttributePlan, mostAttributes } from './attribute.ts'
import type { AttributeParts, RuleInUse } from './attribute-parts.ts'
import { deleteAttribute, insertAttribute, listAttributes, lockAttributes, updateAttribute } from './attribute-store.ts'
import { clearSomeValues, countValues } from './attribute-values-store.ts'
import { valueKey } from './index-values.ts'
import { labelFault, nameFault } from './reserved-names.ts'
import { catalogWith } from './workspace-catalog.ts'

/** Declares a fact about customers. From then on customers can have it and rules can ask for it. */
export async function declareAttribute(
  parts: AttributeParts,
  workspaceId: string,
  plan: AttributePlan,
): Promise<Attribute> {
  const attribute = attributeOf(plan)
  const { knex, world } = parts
  // What an interrupted deletion left behind would come back to life under the name.
  if (!(await isDeclared(knex, workspaceId, attribute.name))) await clearValues(knex, workspaceId, attribute.name)
  try {
    await inTransaction(knex, async (transaction) => {
      const others = await lockAttributes(transaction, workspaceId)
      if (others.length >= mostAttributes) {
        throw new ProblemError('ATTRIBUTES_FULL', `A workspace has at most ${mostAttributes} attributes`)
      }
      refuseSharedLabel(attribute, others)
      await insertAttribute(transaction, workspaceId, attribute, world.nowMs())
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new ProblemError('ATTRIBUTE_NAME_TAKEN', `There is an attribute named "${attribute.name}" already`)
  }
  return attribute
}

/**
 * Changes how an attribute is called or what it can hold. What customers have and what stored rules ask for stays
 * valid, or the change is refused.
 */
export async function changeAttribute(
  { knex, world, rulesInUse }: AttributeParts,
  workspaceId: string,
  plan: AttributePlan,
): Promise<Attribute> {
  const attribute = attributeOf(plan)
  return inTransaction(knex, async (transaction) => {
    const all = await lockAttributes(transaction, workspaceId)
    const before = all.find(({ name }) => name === attribute.name)
    if (before === undefined) throw unknownAttribute()
    const others = all.filter((other) => other !== before)
    refuseSharedLabel(attribute, others)
    await refuseLostValues(transaction, workspaceId, before, attribute)
    refuseBrokenRules(await rulesInUse(transaction, workspaceId), all, [...others, attribute])
    await updateAttribute(transaction, workspaceId, attribute, world.nowMs())
    return attribute
  })
}

/**
 * Takes an attribute back, and its values with it.
 * @throws ProblemError when a segment or a draft asks for it
 */
export async function dropAttribute(
  { knex, rulesInUse }: AttributeParts,
  workspaceId: string,
  name: string,
): Promise<void> {
  await inTransaction(knex, async (transaction) => {
    const all = await lockAttributes(transaction, workspaceId)
    const others = all.filter((other) => other.name !== name)
    if (others.length === all.length) throw unknownAttribute()
    refuseBrokenRules(await rulesInUse(transaction, workspaceId), all, others)
    await deleteAttribute(transaction, workspaceId, name)
  })
  await clearValues(knex, workspaceId, name)
}

/** In short transactions: a million customers are not held while their values go. */
async function clearValues(knex: Knex, workspaceId: string, name: string): Promise<void> {
  while ((await inTransaction(knex, (transaction) => clearSomeValues(transaction, workspaceId, name))) > 0);
}

async function isDeclared(knex: Knex, workspaceId: string, name: string): Promise<boolean> {
  return (await listAttributes(knex, workspaceId)).some((attribute) => attribute.name === name)
}

/** @throws ProblemError with everything that is wrong with the plan */
function attributeOf({ name, label, type, choices = [], decimals = 0 }: AttributePlan): Attribute {
  const shown = label || spoken(name)
  const wrongName = nameFault(name)
  const [first, ...others] = [
    ...faultAt('/name', wrongName),
    // A label that follows from a wrong name is not wrong by itself.
    ...faultAt('/label', label || wrongName === null ? labelFault(shown) : null),
    ...faultAt('/choices', choicesFault(type, choices)),
    ...faultAt('/decimals', decimals > 0 && type !== 'number' ? '"decimals" is for numbers alone' : null),
  ]
  if (first !== undefined) throw invalidInput([first, ...others])
  return { name, label: shown, type, choices, decimals }
}

/** `loyaltyPoints` as people write it. */
function spoken(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
}

function choicesFault(type: AttributePlan['type'], choices: readonly string[]): string | null {
  if (type !== 'choice') return choices.length > 0 ? '"choices" is for the type choice alone' : null
  if (choices.length === 0) return '"choices" must name at least one value'
  const isRepeated = new Set(choices.map(folded)).size < choices.length
  return isRepeated ? '"choices" names a value twice; case makes no difference' : null
}

function faultAt(path: string, message: string | null): readonly Fault[] {
  return message === null ? [] : [{ path, message }]
}

function refuseSharedLabel({ name, label }: Attribute, others: readonly Attribute[]): void {
  const other = others.find((each) => folded(each.label) === folded(label) || folded(each.name) === folded(label))
  if (other === undefined) return
  throw invalidInput([
    { path: '/label', message: `"${label}" is what the attribute "${other.name}" is called, not "${name}"` },
  ])
}

/** @throws ProblemError when a value that some customer has would no longer be one */
async function refuseLostValues(
  transaction: Knex.Transaction,
  workspaceId: string,
  before: Attribute,
  after: Attribute,
): Promise<void> {
  const gone = before.choices.filter((choice) => !after.choices.includes(choice))
  const isOther = before.type !== after.type || after.decimals < before.decimals
  if (!isOther && gone.length === 0) return
  const count = await countValues(transaction, workspaceId, before.name, isOther ? null : gone.map(valueKey))
  if (count === 0) return
  const customers = count === 1 ? 'One customer has' : `${count} customers have`
  const what = isOther ? `a value of "${before.name}"` : `${gone.join(' or ')} as "${before.name}"`
  throw new ProblemError(
    'ATTRIBUTE_IN_USE',
    `${customers} ${what}: change those first, or declare another attribute and delete this one with its values`,
  )
}

/** @throws ProblemError that names the first rule which holds now and would not be one afterwards */
function refuseBrokenRules(
  rules: readonly RuleInUse[],
  before: readonly Attribute[],
  after: readonly Attribute[],
): void {
  const segments = new Map(
    rules.flatMap(({ kind, id, rule }): [string, Rule][] => (kind === 'segment' ? [[id, rule]] : [])),
  )
  const isValid = (rule: Rule, attributes: readonly Attribute[]) =>
    checkRule(rule, catalogWith(attributes), { segments }).ok
  const broken = rules.find(({ rule }) => !isValid(rule, after) && isValid(rule, before))
  if (broken === undefined) return
  throw new ProblemError('ATTRIBUTE_IN_USE', `The ${broken.kind} "${broken.name}" asks for this; change that first`)
}

/** The answer to a name that is not declared in this workspace. */
function unknownAttribute(): ProblemError {
  return new ProblemError('ATTRIBUTE_NOT_FOUND', 'There is no such attribute')
}
