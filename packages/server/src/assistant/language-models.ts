import type { LanguageModel, ModelAccess, ModelFailure, ModelName } from '@muster/nl-rules'
import type { LanguageModelConfig, LanguageModelsConfig } from '../config.ts'

/** Told of every request to a provider that failed, for the operator: a wrong key shows here first. */
export type TellFailure = (provider: ModelName, failure: ModelFailure) => void

/** The language models that have a key, in the order in which they are asked. A provider's library is loaded only then. */
export async function createLanguageModels(
  { anthropic, gemini }: LanguageModelsConfig,
  tell: TellFailure,
): Promise<LanguageModel[]> {
  const models: LanguageModel[] = []
  if (anthropic !== null) {
    const { createAnthropic } = await import('@muster/nl-rules/anthropic')
    models.push(createAnthropic(accessOf(anthropic)))
  }
  if (gemini !== null) {
    const { createGemini } = await import('@muster/nl-rules/gemini')
    models.push(createGemini(accessOf(gemini)))
  }
  return models.map((model) => watched(model, tell))
}

function watched({ name, ask }: LanguageModel, tell: TellFailure): LanguageModel {
  return {
    name,
    ask: async (question, signal) => {
      const answer = await ask(question, signal)
      if (!answer.ok) tell(name, answer.failure)
      return answer
    },
  }
}

function accessOf({ apiKey, model, baseUrl }: LanguageModelConfig): ModelAccess {
  return { apiKey, model, ...(baseUrl === null ? {} : { baseUrl }) }
}
