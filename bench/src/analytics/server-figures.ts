/** The server's figures, from the server itself. */

export type { AnalyticsParts } from '../../../packages/server/dist/analytics/analytics-parts.js'
export { createMemories } from '../../../packages/server/dist/analytics/analytics-parts.js'
export { readDashboard } from '../../../packages/server/dist/analytics/dashboard.js'
export { openBooks } from '../../../packages/server/dist/analytics/open-books.js'
export {
  readBandSales,
  readCohorts,
  readGroups,
  readPlaces,
  readRepeat,
  readScores,
} from '../../../packages/server/dist/analytics/read-customers.js'
export { readProducts, readSales } from '../../../packages/server/dist/analytics/read-sales.js'
export { noteChanges } from '../../../packages/server/dist/database/changed-hours.js'
export { connect, disconnect } from '../../../packages/server/dist/database/connect.js'
export { createLongReads } from '../../../packages/server/dist/database/long-reads.js'
export { createRunStore } from '../../../packages/server/dist/deliveries/run-store.js'
