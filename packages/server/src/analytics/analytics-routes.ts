import type Router from '@koa/router'
import type { CampaignParts } from '../campaigns/campaign-parts.ts'
import { type AnalyticsParts, createMemories } from './analytics-parts.ts'
import { campaignFigureRoutes } from './campaign-figure-routes.ts'
import { customerFigureRoutes } from './customer-figure-routes.ts'
import { salesFigureRoutes } from './sales-figure-routes.ts'

/** Figures: each defined once, in `docs/figures.md`, and the same wherever it is served. */
export function analyticsRoutes(campaigns: CampaignParts): readonly Router[] {
  const parts: AnalyticsParts = { ...campaigns, memories: createMemories() }
  return [salesFigureRoutes(parts), customerFigureRoutes(parts), campaignFigureRoutes(parts)]
}
