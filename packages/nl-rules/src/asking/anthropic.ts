import Anthropic from '@anthropic-ai/sdk'
import { boundedFetch } from './bounded-fetch.ts'
import {
  type Answer,
  failureOf,
  type LanguageModel,
  type ModelAccess,
  mostAnswerTokens,
  type Question,
} from './language-model.ts'

const ownUrl = 'https://api.anthropic.com'

/** The tool whose input is the answer. */
const tool = 'give_answer'

/**
 * Anthropic's models. The only file that knows @anthropic-ai/sdk.
 *
 * The answer is bound to the question's schema as the input of a tool. The tool is offered, not forced: models that
 * think refuse a forced one. The stricter structured output is not used: it knows no schema that refers to itself.
 * An answer in plain text is taken as well. The library's own retries are off, and so is all that it reads from the
 * environment, writes to the console or traces.
 */
export function createAnthropic({ apiKey, model, baseUrl = ownUrl }: ModelAccess): LanguageModel {
  const client = new Anthropic({
    apiKey,
    authToken: null,
    webhookKey: null,
    baseURL: baseUrl,
    maxRetries: 0,
    fetch: boundedFetch,
    logLevel: 'off',
    openTelemetry: false,
  })
  return {
    name: 'anthropic',
    ask: async (question, signal) => {
      try {
        return answerIn(await client.messages.create(requestOf(question, model), { signal }))
      } catch (error) {
        if (signal.aborted) return { ok: false, failure: 'TIMED_OUT' }
        const status = error instanceof Anthropic.APIError ? error.status : undefined
        return { ok: false, failure: failureOf(status) }
      }
    },
  }
}

function requestOf({ system, turns, schema }: Question, model: string): Anthropic.MessageCreateParamsNonStreaming {
  return {
    model,
    max_tokens: mostAnswerTokens,
    // The part before the text is the same for every question about a catalog, and cheap when it comes again soon.
    system: [
      { type: 'text', text: `${system}\n\nGive the object by calling ${tool}.`, cache_control: { type: 'ephemeral' } },
    ],
    messages: turns.map(({ by, text }) => ({ role: by === 'asker' ? 'user' : 'assistant', content: text })),
    tools: [{ name: tool, description: 'Takes the answer.', input_schema: { ...schema, type: 'object' } }],
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
  }
}

function answerIn({ content, stop_reason }: Anthropic.Message): Answer {
  if (stop_reason === 'max_tokens' || stop_reason === 'model_context_window_exceeded') {
    return { ok: false, failure: 'CUT_OFF' }
  }
  if (stop_reason === 'refusal') return { ok: false, failure: 'REFUSED' }
  if (!Array.isArray(content)) return { ok: false, failure: 'UNAVAILABLE' }
  const called = content.find((block) => block.type === 'tool_use' && block.name === tool)
  if (called?.type === 'tool_use') return { ok: true, text: JSON.stringify(called.input) ?? '' }
  const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('')
  return { ok: true, text }
}
