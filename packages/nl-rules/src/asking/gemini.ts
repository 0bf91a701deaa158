import {
  type Content,
  type EnhancedGenerateContentResponse,
  FinishReason,
  type GenerationConfig,
  GoogleGenerativeAI,
  GoogleGenerativeAIFetchError,
} from '@google/generative-ai'
import { geminiSchema } from './gemini-schema.ts'
import {
  type Answer,
  failureOf,
  type LanguageModel,
  type ModelAccess,
  mostAnswerTokens,
  type Question,
} from './language-model.ts'

const ownUrl = 'https://generativelanguage.googleapis.com'

/**
 * Google's Gemini models. The only file that knows @google/generative-ai.
 *
 * Google has ended its support of that library; its successor, @google/genai, would replace it here and nowhere else.
 * The library does not know `responseJsonSchema`, which the service has learned since, but sends what it is given. It
 * takes no `fetch` either, so the size of a response is bounded by the tokens asked for and by the signal alone. It
 * forgets to look whether the signal has aborted before.
 */
export function createGemini({ apiKey, model, baseUrl = ownUrl }: ModelAccess): LanguageModel {
  const client = new GoogleGenerativeAI(apiKey)
  // The service refuses schemas that it finds too complex. A model that did so is told the schema in words from then on.
  let isSchemaRefused = false

  const generate = async (question: Question, binding: Binding, signal: AbortSignal) => {
    const generativeModel = client.getGenerativeModel(
      { model, systemInstruction: systemFor(question, binding), generationConfig: configFor(question, binding) },
      { baseUrl, apiVersion: 'v1beta' },
    )
    const { response } = await generativeModel.generateContent({ contents: contentsOf(question) }, { signal })
    return answerIn(response)
  }

  return {
    name: 'gemini',
    ask: async (question, signal) => {
      if (signal.aborted) return { ok: false, failure: 'TIMED_OUT' }
      try {
        if (isSchemaRefused) return await generate(question, 'in words', signal)
        try {
          return await generate(question, 'by schema', signal)
        } catch (error) {
          if (statusOf(error) !== 400 || signal.aborted) throw error
          const answer = await generate(question, 'in words', signal)
          isSchemaRefused = true
          return answer
        }
      } catch (error) {
        return { ok: false, failure: signal.aborted ? 'TIMED_OUT' : failureOf(statusOf(error)) }
      }
    },
  }
}

/** How the answer is bound to the schema. */
type Binding = 'by schema' | 'in words'

function systemFor({ system, schema }: Question, binding: Binding): string {
  return binding === 'by schema' ? system : `${system}\n\nThe JSON Schema of the answer:\n${JSON.stringify(schema)}`
}

function configFor(
  { schema }: Question,
  binding: Binding,
): GenerationConfig & { readonly responseJsonSchema?: object } {
  return {
    responseMimeType: 'application/json',
    maxOutputTokens: mostAnswerTokens,
    candidateCount: 1,
    ...(binding === 'by schema' ? { responseJsonSchema: geminiSchema(schema) } : {}),
  }
}

function contentsOf({ turns }: Question): Content[] {
  return turns.map(({ by, text }) => ({ role: by === 'asker' ? 'user' : 'model', parts: [{ text }] }))
}

function statusOf(error: unknown): number | undefined {
  return error instanceof GoogleGenerativeAIFetchError ? error.status : undefined
}

/** Reads the parts without the library's helpers, which write to the console. Thoughts are no part of the answer. */
function answerIn({ candidates }: EnhancedGenerateContentResponse): Answer {
  const candidate = candidates?.[0]
  if (candidate === undefined) return { ok: false, failure: 'REFUSED' }
  if (candidate.finishReason === FinishReason.MAX_TOKENS) return { ok: false, failure: 'CUT_OFF' }
  const parts = candidate.content?.parts
  if (!Array.isArray(parts)) return { ok: false, failure: 'REFUSED' }
  const texts = parts.map((part) => ('thought' in part && part.thought === true ? '' : (part.text ?? '')))
  return { ok: true, text: texts.join('') }
}
