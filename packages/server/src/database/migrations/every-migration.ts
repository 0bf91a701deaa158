import { foundation } from './0001-foundation.ts'
import { deliveries } from './0002-deliveries.ts'
import { invitesAndServiceTokens } from './0003-invites-and-service-tokens.ts'
import { sendingManners } from './0006-sending-manners.ts'
import { verifiedAddressesAndAuditLog } from './0007-verified-addresses-and-audit-log.ts'
import { attributesAndConsentHistory } from './0008-attributes-and-consent-history.ts'
import { dailyFigures } from './0009-daily-figures.ts'
import { campaignBooks } from './0010-campaign-books.ts'
import { engagements } from './0011-engagements.ts'
import { webhooks } from './0012-webhooks.ts'
import { assistantUsage } from './0013-assistant-usage.ts'
import { plannedStarts } from './0014-planned-starts.ts'
import type { Migration } from './migration.ts'

/** Every step, in order. A new one is a line at the end. */
export const everyMigration: readonly Migration[] = [
  foundation,
  deliveries,
  invitesAndServiceTokens,
  sendingManners,
  verifiedAddressesAndAuditLog,
  attributesAndConsentHistory,
  dailyFigures,
  campaignBooks,
  engagements,
  webhooks,
  assistantUsage,
  plannedStarts,
]
