import { checkTemplate, customerValues, samplePerson } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { folded } from '../database/folded.ts'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import type { World } from '../world/world.ts'
import type { RunStore } from './run-store.ts'

/** A test that somebody sends to themselves: the text as a customer would read it. */
export interface TestToSelf {
  readonly workspaceId: string
  readonly currency: string
  readonly user: { readonly id: string; readonly email: string }
  readonly text: string
}

/** How a test begins, so that nobody takes it for the real thing. */
const testMark = '[Test] '

/** What sending a single message works with. */
export interface TestParts {
  readonly knex: Knex
  readonly world: Pick<World, 'nowMs' | 'newId'>
  readonly runs: RunStore
  readonly wake: () => void
}

/** A message that was accepted for sending. */
export interface QueuedTest {
  readonly messageId: string
  readonly customer: { readonly name: string; readonly email: string }
}

/** Test messages belong to no campaign; this name stands where a campaign's would. */
const campaignId = 'test-message'
const campaignName = 'Test message'

/**
 * Sends one message to one customer, on the way that every message takes: a run for an audience of one. Consent,
 * suppression, rates and retries hold as for all others.
 * @throws ProblemError for an unknown customer or a text that cannot be made
 */
export async function sendTest(
  { knex, world, runs, wake }: TestParts,
  workspaceId: string,
  { customerId, message }: { readonly customerId: string; readonly message: string },
): Promise<QueuedTest> {
  const of = { workspace_id: workspaceId, id: customerId }
  const customer: { name: string; email: string } | undefined = await knex('customers').where(of).first('name', 'email')
  if (customer === undefined) throw new ProblemError('CUSTOMER_NOT_FOUND', 'There is no such customer')
  const { currency }: { currency: string } = await knex('workspaces').where('id', workspaceId).first('currency')
  const checked = checkTemplate(message, { sample: customerValues(samplePerson, currency) })
  if (!checked.ok) throw invalidInput([{ path: '/message', message: checked.issues[0].message }])
  const runId = world.newId()
  await knex.transaction((transaction) =>
    runs.launch(transaction, {
      runId,
      workspaceId,
      campaignId,
      campaignName,
      launchKey: runId,
      template: message,
      currency,
      audience: knex('customers').where(of).select({ customer_id: 'id', address: 'email_folded' }),
      nowMs: world.nowMs(),
      startAtMs: null,
    }),
  )
  wake()
  return { messageId: `${runId}.${customerId}.1`, customer }
}

/**
 * Sends one finished text to whoever asked for it, at their own address and marked as a test, on the way that every
 * message takes. It belongs to no campaign and to no customer, and counts in nobody's figures.
 */
export async function sendTestToSelf(
  { knex, world, runs, wake }: TestParts,
  { workspaceId, currency, user, text }: TestToSelf,
): Promise<{ readonly messageId: string; readonly text: string }> {
  const runId = world.newId()
  const testBody = `${testMark}${text}`
  await knex.transaction((transaction) =>
    runs.launch(transaction, {
      runId,
      workspaceId,
      campaignId,
      campaignName,
      launchKey: runId,
      template: testBody,
      testBody,
      currency,
      audience: knex.select({ customer_id: knex.raw('?', [user.id]), address: knex.raw('?', [folded(user.email)]) }),
      nowMs: world.nowMs(),
      startAtMs: null,
    }),
  )
  wake()
  return { messageId: `${runId}.${user.id}.1`, text: testBody }
}
