/** The life of a run: one launch of one campaign to the people who were its audience at that instant. */
export const runStates = [
  'SNAPSHOTTING',
  'READY',
  'RUNNING',
  'PAUSED',
  'COMPLETED',
  'CANCELLED',
  'SETTLED',
  'FAILED',
] as const

export type RunState = (typeof runStates)[number]

/** Every step that a run may take. `COMPLETED` and `CANCELLED` only await receipts; `SETTLED` awaits nothing. */
export const legalRunEdges: Readonly<Record<RunState, readonly RunState[]>> = {
  SNAPSHOTTING: ['READY', 'RUNNING', 'FAILED'],
  READY: ['RUNNING', 'CANCELLED'],
  RUNNING: ['PAUSED', 'COMPLETED', 'CANCELLED'],
  PAUSED: ['RUNNING', 'CANCELLED'],
  COMPLETED: ['RUNNING', 'SETTLED'],
  CANCELLED: ['SETTLED'],
  SETTLED: ['RUNNING'],
  FAILED: [],
}

/** Whether a run in this state may become one in that state. */
export function canRunBecome(from: RunState, to: RunState): boolean {
  return legalRunEdges[from].includes(to)
}
