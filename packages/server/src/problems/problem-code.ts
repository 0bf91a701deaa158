/** Every way in which a request can fail, by name. Clients may rely on these; the status of each is in `http/`. */
export type ProblemCode =
  | RequestProblem
  | AccountProblem
  | WorkspaceProblem
  | CustomerProblem
  | AttributeProblem
  | OrderProblem
  | SegmentProblem
  | AudienceProblem
  | CampaignProblem
  | WebhookProblem
  | VendorProblem

type RequestProblem =
  | 'VALIDATION'
  | 'BAD_JSON'
  | 'BODY_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'ORIGIN_REFUSED'
  | 'CHANGED_MEANWHILE'
  | 'TOO_MANY_REQUESTS'
  | 'BUSY'

type AccountProblem =
  | 'WRONG_CREDENTIALS'
  | 'WRONG_PASSWORD'
  | 'WEAK_PASSWORD'
  | 'USER_EXISTS'
  | 'EMAIL_TAKEN'
  | 'GOOGLE_REFUSED'

type WorkspaceProblem =
  | 'WORKSPACE_NOT_FOUND'
  | 'MEMBER_NOT_FOUND'
  | 'LAST_OWNER'
  | 'INVITE_NOT_FOUND'
  | 'ALREADY_MEMBER'
  | 'SERVICE_TOKEN_NOT_FOUND'

type CustomerProblem = 'CUSTOMER_NOT_FOUND' | 'CUSTOMER_EMAIL_TAKEN' | 'FIGURE_BELOW_ORDERS'

type AttributeProblem = 'ATTRIBUTE_NOT_FOUND' | 'ATTRIBUTE_NAME_TAKEN' | 'ATTRIBUTE_IN_USE' | 'ATTRIBUTES_FULL'

type OrderProblem = 'ORDER_NOT_FOUND' | 'UNKNOWN_CUSTOMER' | 'TOTAL_MISMATCH' | 'STATUS_CHANGE_REFUSED'

type AudienceProblem = 'AUDIENCE_TOO_SLOW' | 'FIGURES_TOO_SLOW' | 'TOO_MANY_QUESTIONS' | 'CALLER_GONE'

type SegmentProblem = 'SEGMENT_NOT_FOUND' | 'SEGMENT_NAME_TAKEN' | 'SEGMENT_IN_USE' | 'SEGMENTS_FULL'

type CampaignProblem =
  | 'CAMPAIGN_NOT_FOUND'
  | 'CAMPAIGN_NOT_DRAFT'
  | 'CAMPAIGN_NOT_ACTIVE'
  | 'CAMPAIGN_NOT_SCHEDULED'
  | 'PREVIEW_OUTDATED'
  | 'CONFIRMATION_NEEDED'
  | 'TOO_MANY_LISTENERS'
  | 'NOTHING_TO_RETRY'
  | 'AUDIENCE_EMPTY'

type WebhookProblem = 'WEBHOOK_NOT_FOUND' | 'WEBHOOK_EVENT_NOT_FOUND' | 'WEBHOOKS_FULL' | 'WEBHOOKS_OFF'

type VendorProblem = 'VENDOR_REFUSED' | 'MESSAGE_NOT_FOUND' | 'SUPPRESSION_NOT_FOUND'
