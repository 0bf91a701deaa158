import type { LanguageModel, ModelAccess } from '@muster/nl-rules'
import type { LanguageModelConfig, LanguageModelsConfig } from '../config.ts'

/** The language models that have a key, in the order in which they are asked. A provider's library is loaded only then. */
export async function createLanguageModels({ anthropic, gemini }: LanguageModelsConfig): Promise<LanguageModel[]> {
  const models: LanguageModel[] = []
  if (anthropic !== null) {
    const { createAnthropic } = await import('@muster/nl-rules/anthropic')
    models.push(createAnthropic(accessOf(anthropic)))
  }
  if (gemini !== null) {
    const { createGemini } = await import('@muster/nl-rules/gemini')
    models.push(createGemini(accessOf(gemini)))
  }
  return models
}

function accessOf({ apiKey, model, baseUrl }: LanguageModelConfig): ModelAccess {
  return { apiKey, model, ...(baseUrl === null ? {} : { baseUrl }) }
}
