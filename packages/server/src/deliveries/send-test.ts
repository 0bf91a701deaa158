import { checkTemplate, customerValues, samplePerson } from '@muster/delivery-core'
import type { Knex } from 'knex'
import { invalidInput, ProblemError } from '../problems/problem-error.ts'
import type { World } from '../world/world.ts'
import type { RunStore } from './run-store.ts'

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
