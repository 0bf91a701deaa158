import type { Knex } from 'knex'
import type { Database } from '../database/connect.ts'
import { folded } from '../database/folded.ts'
import { countsOf, runsIn } from './read-runs.ts'
import type { Launch, LaunchedRun } from './run.ts'
import { databaseNow } from './run-rows.ts'
import { takeSnapshot } from './snapshot.ts'

/** The account that messages go through where nothing else is said. */
const usualAccount = 'default'

/** Writes down a run and its messages and starts it, all within the caller's transaction. */
export async function launchRun(
  transaction: Knex.Transaction,
  database: Database,
  launch: Launch,
): Promise<LaunchedRun> {
  const { runId, workspaceId, campaignId, nowMs, startAtMs } = launch
  const [known] = await runsIn(transaction, workspaceId).where('launch_key', launch.launchKey)
  if (known !== undefined) return { ...countsOf(known), runId: known.id, isNew: false }
  await transaction('runs').insert({
    id: runId,
    workspace_id: workspaceId,
    campaign_id: campaignId,
    campaign_name: launch.campaignName,
    campaign_name_folded: folded(launch.campaignName),
    launch_key: launch.launchKey,
    account: usualAccount,
    state: 'SNAPSHOTTING',
    pause_reason: null,
    epoch: 1,
    template: launch.template,
    variants: launch.variants === undefined ? null : JSON.stringify(launch.variants),
    is_test: launch.testBody !== undefined,
    currency: launch.currency,
    audience: 0,
    deduplicated: 0,
    resent: 0,
    start_at_ms: startAtMs,
    closes_at_ms: launch.closesAtMs ?? null,
    heartbeat_at_ms: databaseNow(transaction, database),
    created_at_ms: nowMs,
    updated_at_ms: nowMs,
  })
  // Due at once even where the run starts later: the start stands on the run alone, so that moving it changes one row.
  const people = { audience: launch.audience, isDivided: launch.variants !== undefined }
  const order = { runId, workspaceId, campaignId, ...people, nowMs }
  const snapshot = await takeSnapshot(transaction, database, order)
  if (launch.testBody !== undefined) {
    await transaction('messages').where('run_id', runId).update({ body: launch.testBody })
  }
  await transaction('runs')
    .where('id', runId)
    .update({ state: 'RUNNING', ...snapshot })
  return { runId, ...snapshot, isNew: true }
}
