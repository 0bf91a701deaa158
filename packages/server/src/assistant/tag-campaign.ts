import { suggestTags } from '@muster/nl-rules'
import type { Population } from '../segments/audience.ts'
import { readRules } from '../segments/read-rules.ts'

/** A campaign, or a plan of one, as far as its author has written it. */
export interface CampaignText {
  readonly name?: string | undefined
  readonly description?: string | null | undefined
  readonly message?: string | null | undefined
  /** Rules in any of their forms. */
  readonly rules?: object | null | undefined
}

/** Words to file a campaign under. How often such words are right has not been measured, so there is no confidence. */
export interface CampaignTags {
  readonly tags: readonly string[]
  readonly confidence: null
  /** What each tag rests on. */
  readonly reasons: readonly { readonly tag: string; readonly why: string }[]
}

/** @throws InvalidRuleError when its rules are none */
export function tagCampaign(campaign: CampaignText, { catalog, segments }: Population, nowMs: number): CampaignTags {
  const { name, description, message, rules } = campaign
  const texts = [name, description, message].flatMap((text) => text ?? [])
  const audience = rules ? { audience: readRules(rules, catalog, nowMs, segments).rule } : {}
  const reasons = suggestTags({ texts, catalog, ...audience })
  return { tags: reasons.map(({ tag }) => tag), confidence: null, reasons }
}
