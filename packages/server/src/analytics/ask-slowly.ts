import type { CampaignParts } from '../campaigns/campaign-parts.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { Asking } from './asking.ts'

/** A year of a large shop takes some seconds; whoever waits longer has gone. */
const patienceMs = 30_000

/**
 * Asks what may have to read every order or customer, beside everything else that the server does, and gives up in the
 * end. All questions of `work` see one state of the data.
 * @throws ProblemError `FIGURES_TOO_SLOW`
 */
export async function askSlowly<Answer>(
  { knex, longReads }: Pick<CampaignParts, 'knex' | 'longReads'>,
  workspaceId: string,
  work: (asking: Asking) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await longReads.read({ workspaceId, timeLimitMs: patienceMs }, (ask) => work({ knex, ask }))
  } catch (error) {
    const isTooSlow =
      error instanceof ProblemError && (error.code === 'AUDIENCE_TOO_SLOW' || error.code === 'TOO_MANY_QUESTIONS')
    throw isTooSlow ? tooSlow() : error
  }
}

/** What is shown where one of several figures took too long: the others need not fail with it. */
export async function unlessTooSlow<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'FIGURES_TOO_SLOW') return null
    throw error
  }
}

function tooSlow(): ProblemError {
  return new ProblemError(
    'FIGURES_TOO_SLOW',
    `These figures take longer than ${patienceMs / 1000} seconds: please ask for a shorter timeframe, or try again later`,
  )
}
