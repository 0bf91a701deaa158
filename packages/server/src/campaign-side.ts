import type Router from '@koa/router'
import type { Workspace } from './accounts/workspaces-store.ts'
import { bookRoutes } from './campaigns/book-routes.ts'
import type { CampaignParts } from './campaigns/campaign-parts.ts'
import { campaignRoutes } from './campaigns/campaign-routes.ts'
import { eventRoutes } from './campaigns/event-routes.ts'
import { launchRoutes, type UserOf } from './campaigns/launch-routes.ts'
import { createProgressFeed } from './campaigns/progress-feed.ts'
import { campaignStanding } from './campaigns/read-campaigns.ts'

/** All that is served about campaigns, put together. */
export interface CampaignSide {
  readonly routers: readonly Router[]
  /** Ends every answer that goes on. To be called before the server waits for its open connections. */
  close(): Promise<void>
}

/** Constructs the routes of campaigns, and the one look at each campaign that serves all who watch it. */
export function createCampaignSide(
  parts: CampaignParts,
  workspaceOf: (workspaceId: string) => Promise<Workspace>,
  userOf: UserOf,
  tell: (error: unknown) => void,
): CampaignSide {
  const standingOf = (workspaceId: string, id: string) => campaignStanding(parts, workspaceId, id)
  const feed = createProgressFeed(parts.world, standingOf, tell)
  return {
    routers: [
      campaignRoutes(parts, workspaceOf),
      launchRoutes(parts, workspaceOf, userOf),
      bookRoutes(parts, workspaceOf),
      eventRoutes({ world: parts.world, feed, standingOf, tell }),
    ],
    close: feed.close,
  }
}
