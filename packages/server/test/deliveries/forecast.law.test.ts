import { defaultPolicy } from '@muster/delivery-core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { insertRows } from '../../src/database/insert-rows.ts'
import { forecast, launchAudience } from '../../src/deliveries/forecast.ts'
import { createMessageStore } from '../../src/deliveries/message-store.ts'
import { createRunStore } from '../../src/deliveries/run-store.ts'
import { controlVariant } from '../../src/deliveries/shares.ts'
import { type OpenedForTest, openMigrated, workspaceId } from './open-database-store.ts'

const nowMs = Date.UTC(2026, 0, 1)

/** A few addresses, each in forms that are one address to whoever sends, and none at all. */
const addresses = Array.from({ length: 12 }, (_, index) => `p${index}@x.example`)
const forms = ['', ' ', ...addresses.flatMap((address) => [address, ` ${address}`, address.toUpperCase()])]

const shop = fc.record({
  people: fc.uniqueArray(
    fc.record({
      address: fc.constantFrom(...forms),
      consent: fc.constantFrom(true, false, null),
      // Whether the rule would choose them: the others must not matter.
      isMember: fc.constantFrom(true, true, true, false),
      // What they were sent yesterday, by another campaign.
      earlier: fc.nat(2),
    }),
    { selector: ({ address }) => address, minLength: 1, maxLength: 30 },
  ),
  suppressed: fc.subarray(addresses),
  cap: fc.constantFrom(null, 1, 2),
  consentPolicy: fc.constantFrom('opt-in' as const, 'opt-out' as const),
  shares: fc.constantFrom(
    [],
    [{ variant: controlVariant, below: 3_000 }],
    [
      { variant: 'A', below: 5_000 },
      { variant: 'B', below: 10_000 },
    ],
    [
      { variant: controlVariant, below: 2_000 },
      { variant: 'A', below: 6_000 },
      { variant: 'B', below: 10_000 },
    ],
  ),
  salt: fc.string({ minLength: 1, maxLength: 32, unit: 'grapheme-ascii' }),
})

const runs = { sqlite: 60, mariadb: 15, mysql: 15, postgres: 0 }

for (const database of testDatabases(['sqlite', 'mariadb', 'mysql'])) {
  describe.skipIf(database.missing)(`a forecast on ${database.title}`, () => {
    it('fault 13: the funnel before the launch is the ledger after the run, to the person', () =>
      fc.assert(
        fc.asyncProperty(shop, async (drawn) => {
          const opened = await openMigrated(database)
          try {
            const order = await stock(opened, drawn)
            const foreseen = await foreseenBy(opened, order)
            await runThrough(opened, order)
            expect(await ledgerOf(opened)).toEqual(foreseen)
          } finally {
            await opened.close()
          }
        }),
        { numRuns: runs[database.name] },
      ))
  })
}

type Shop = typeof shop extends fc.Arbitrary<infer Drawn> ? Drawn : never

async function stock({ knex }: OpenedForTest, drawn: Shop) {
  const { people, suppressed, consentPolicy, shares, salt, cap } = drawn
  await knex('workspaces').update({ consent_policy: consentPolicy, cap_messages: cap, cap_days: cap && 7 })
  await insertRows(
    knex,
    'customers',
    people.map(({ address, consent, isMember }, index) => ({
      id: `c-${index}`,
      workspace_id: workspaceId,
      email: address,
      email_folded: address,
      email_consent: consent,
      name: `Person ${index}`,
      name_folded: `person ${index}`,
      opening_spending_minor: 0,
      opening_visits: 0,
      total_spending_minor: 0,
      order_count: 0,
      visit_count: isMember ? 1 : 0,
      attributes: '{}',
      attributes_folded: '{}',
      created_at_ms: 0,
      updated_at_ms: 0,
    })),
  )
  await insertRows(
    knex,
    'suppressions',
    suppressed.map((address) => ({ workspace_id: workspaceId, address, reason: 'asked to', created_at_ms: 0 })),
  )
  for (const round of [1, 2]) await sendEarlier(knex, round, people)
  return {
    workspaceId,
    consentPolicy,
    salt,
    shares,
    members: knex('customers').where({ 'customers.workspace_id': workspaceId, 'customers.visit_count': 1 }),
  }
}

/** One more message of yesterday to everybody who had so many. */
async function sendEarlier(knex: OpenedForTest['knex'], round: number, people: Shop['people']) {
  const [id, atMs] = [`earlier-${round}`, nowMs - 24 * 3_600_000]
  const run = { id, workspace_id: workspaceId, campaign_id: id, launch_key: id, account: 'default', state: 'COMPLETED' }
  await knex('runs').insert({
    ...run,
    campaign_name: 'Earlier',
    campaign_name_folded: 'earlier',
    epoch: 1,
    template: 'Hi',
    currency: 'USD',
    audience: 0,
    deduplicated: 0,
    resent: 0,
    heartbeat_at_ms: atMs,
    created_at_ms: atMs,
    updated_at_ms: atMs,
  })
  const messages = people.flatMap(({ earlier }, index) =>
    earlier < round
      ? []
      : {
          id: `${id}.c-${index}.1`,
          workspace_id: workspaceId,
          run_id: id,
          campaign_id: id,
          customer_id: `c-${index}`,
          generation: 1,
          duplicates: 0,
          dispatch: 'ACCEPTED',
          delivery: 'delivered',
          token: 1,
          attempts: 1,
          has_positive: true,
          has_negative: false,
          has_late_proof: false,
          sent_at_ms: atMs,
          created_at_ms: atMs,
          updated_at_ms: atMs,
        },
  )
  await insertRows(knex, 'messages', messages)
}

type Order = Awaited<ReturnType<typeof stock>>

/** What each member is told before the launch: the code under which they are left out, or the text that they get. */
async function foreseenBy(opened: OpenedForTest, order: Order) {
  const rows: { customer_id: string; exclusion: string | null; variant: string | null }[] = await opened.knex
    .from(forecast(opened, { ...order, capAtMs: nowMs }).as('f'))
    .select('customer_id', 'exclusion', 'variant')
  return Object.fromEntries(
    rows.map(({ customer_id, exclusion, variant }) => [customer_id, exclusion ?? `sent ${variant}`]),
  )
}

/** Launches, and sends with a vendor that takes everything, until nothing is open any more. */
async function runThrough(opened: OpenedForTest, order: Order) {
  const { knex } = opened
  const store = createMessageStore(opened, defaultPolicy, async () => nowMs)
  await knex.transaction((transaction) =>
    createRunStore(opened).launch(transaction, {
      runId: 'run',
      workspaceId,
      campaignId: 'campaign',
      campaignName: 'Campaign',
      launchKey: 'campaign',
      template: 'Hi',
      ...(order.shares.length === 0 ? {} : { variants: { A: 'Hi', B: 'Ho' } }),
      currency: 'USD',
      audience: launchAudience(opened, order),
      nowMs,
      startAtMs: null,
    }),
  )
  for (;;) {
    const claimed = await store.claim({ limit: 100, leaseMs: 30_000 })
    if (claimed.length === 0) return
    const outcomes = await store.begin(
      claimed.map(({ messageId, token, epoch, template }) => ({ messageId, token, epoch, body: template })),
      30_000,
    )
    const permitted = outcomes.filter(({ kind }) => kind === 'permitted').map(({ messageId }) => messageId)
    await store.record(
      claimed
        .filter(({ messageId }) => permitted.includes(messageId))
        .map(({ messageId, token }) => ({
          messageId,
          token,
          result: 'accepted',
          code: null,
          reason: '',
          vendorMessageId: null,
          waitMs: null,
          pause: null,
          retryInMs: 0,
        })),
    )
  }
}

/** What became of each member, those included who have no message because another one has their address. */
async function ledgerOf({ knex }: OpenedForTest) {
  const messages: {
    customer_id: string
    dispatch: string
    failure_code: string | null
    variant: string | null
    duplicates: number
    body: string | null
  }[] = await knex('messages')
    .where('run_id', 'run')
    .select('customer_id', 'dispatch', 'failure_code', 'variant', 'duplicates', 'body')
  const members: { id: string }[] = await knex('customers').where('visit_count', 1).select('id')
  const told = new Map(
    messages.map(({ customer_id, dispatch, failure_code, variant, body }) => {
      if (dispatch === 'ACCEPTED') expect(body).toBe(variant === 'B' ? 'Ho' : 'Hi')
      return [customer_id, dispatch === 'ACCEPTED' ? `sent ${variant}` : failure_code]
    }),
  )
  const duplicates = messages.reduce((sum, message) => sum + message.duplicates, 0)
  expect(members.length).toBe(messages.length + duplicates)
  return Object.fromEntries(members.map(({ id }) => [id, told.get(id) ?? 'SAME_ADDRESS']))
}
