import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAnthropic } from '../../src/asking/anthropic.ts'
import { createGemini } from '../../src/asking/gemini.ts'
import type { LanguageModel } from '../../src/asking/language-model.ts'

/** One request as a provider received it. */
export interface Received {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Writes the response to a request; `times` counts the requests from 1. */
export type Reply = (response: ServerResponse, received: Received, times: number) => void

/** A provider on this machine that speaks its wire format. */
export interface Provider {
  readonly url: string
  readonly model: LanguageModel
  readonly received: Received[]
  close(): Promise<void>
}

/** How a provider writes what its model said. */
export interface Wire {
  readonly name: LanguageModel['name']
  open(reply: Reply): Promise<Provider>
  /** The answer in the structure that was asked for. */
  structured(json: unknown): Reply
  /** The answer as text. */
  text(text: string): Reply
  /** An answer that ended at the bound of its tokens. */
  cutOff(text: string): Reply
  /** The text of the first question in a recorded body. */
  question(body: string): string
}

const apiKey = 'a-key-that-nobody-may-see'

export const anthropicWire: Wire = {
  name: 'anthropic',
  open: (reply) => openProvider(reply, (baseUrl) => createAnthropic({ apiKey, model: 'claude-of-the-tests', baseUrl })),
  structured: (json) =>
    anthropicMessage([{ type: 'tool_use', id: 'toolu_1', name: 'give_answer', input: json }], 'tool_use'),
  text: (text) => anthropicMessage([{ type: 'text', text }], 'end_turn'),
  cutOff: (text) => anthropicMessage([{ type: 'text', text }], 'max_tokens'),
  question: (body) => JSON.parse(body).messages[0].content,
}

export const geminiWire: Wire = {
  name: 'gemini',
  open: (reply) => openProvider(reply, (baseUrl) => createGemini({ apiKey, model: 'gemini-of-the-tests', baseUrl })),
  structured: (json) => geminiResponse(JSON.stringify(json), 'STOP'),
  text: (text) => geminiResponse(text, 'STOP'),
  cutOff: (text) => geminiResponse(text, 'MAX_TOKENS'),
  question: (body) => JSON.parse(body).contents[0].parts[0].text,
}

export const wires: readonly Wire[] = [anthropicWire, geminiWire]

/** Replies one after the other; the last one again and again. */
export function inTurn(...replies: readonly [Reply, ...Reply[]]): Reply {
  return (response, received, times) => (replies[times - 1] ?? replies.at(-1)!)(response, received, times)
}

/** A failure in the form of both providers. */
export function failing(status: number): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '30' })
    response.end(JSON.stringify({ type: 'error', error: { type: 'some_error', code: status, message: 'No' } }))
  }
}

/** Any bytes as a successful response. */
export function bytes(body: string, type = 'application/json'): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': type })
    response.end(body)
  }
}

/** Breaks the connection in the middle of a response. */
export const broken: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
  response.write('{"id":"msg_1","candidates":[{"con')
  response.destroy()
}

function anthropicMessage(content: readonly object[], stopReason: string): Reply {
  return bytes(
    JSON.stringify({
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-of-the-tests',
      content,
      stop_reason: stopReason,
      stop_sequence: null,
      usage: { input_tokens: 10, output_tokens: 10 },
    }),
  )
}

function geminiResponse(text: string, finishReason: string): Reply {
  const content = { role: 'model', parts: [{ text: 'I think about it.', thought: true }, { text }] }
  return bytes(JSON.stringify({ candidates: [{ index: 0, content, finishReason }], usageMetadata: {} }))
}

async function openProvider(reply: Reply, modelAt: (baseUrl: string) => LanguageModel): Promise<Provider> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString() }
      received.push(one)
      reply(response, one, received.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    model: modelAt(url),
    received,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
