import { accountChapter } from './accounts/account-chapter.ts'
import { analyticsChapter } from './analytics/analytics-chapter.ts'
import { adviceChapter } from './assistant/advice-chapter.ts'
import { assistantChapter } from './assistant/assistant-chapter.ts'
import { attributeChapter } from './attributes/attribute-chapter.ts'
import { auditChapter } from './audit/audit-chapter.ts'
import { campaignBooksChapter } from './campaigns/campaign-books-chapter.ts'
import { campaignChapter } from './campaigns/campaign-chapter.ts'
import { customerChapter } from './customers/customer-chapter.ts'
import { suppressionChapter } from './deliveries/suppression-chapter.ts'
import type { Chapter } from './documents/description.ts'
import { serverChapter } from './documents/server-chapter.ts'
import { engagementChapter } from './engagement/engagement-chapter.ts'
import { orderChapter } from './orders/order-chapter.ts'
import { segmentChapter } from './segments/segment-chapter.ts'
import { vendorChapter } from './vendor/vendor-chapter.ts'
import { webhookChapter } from './webhooks/webhook-chapter.ts'
import { workspaceChapter } from './workspaces/workspace-chapter.ts'

/** The whole interface, room by room. A route that stands in none of them fails the tests. */
export const everyChapter: readonly Chapter[] = [
  accountChapter,
  workspaceChapter,
  auditChapter,
  customerChapter,
  attributeChapter,
  orderChapter,
  segmentChapter,
  campaignChapter,
  campaignBooksChapter,
  analyticsChapter,
  assistantChapter,
  adviceChapter,
  webhookChapter,
  engagementChapter,
  suppressionChapter,
  vendorChapter,
  serverChapter,
]
