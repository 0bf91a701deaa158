import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type OpenProvider = Awaited<ReturnType<typeof openProvider>>

/** A provider on this machine that speaks Anthropic's wire format. */
export async function openProvider() {
  const bodies: string[] = []
  let answer: { readonly status: number; readonly input: unknown } = { status: 500, input: null }
  /** In place of an answer: the connection stays open until whoever asked closes it. */
  let isSilent: (() => void) | null = null
  let closed: () => void = () => {}
  const left = new Promise<void>((resolve) => {
    closed = resolve
  })
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      body += part
    })
    request.on('end', () => {
      bodies.push(body)
      if (isSilent !== null) {
        response.on('close', closed)
        isSilent()
        return
      }
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      const content = [{ type: 'tool_use', id: 'toolu_1', name: 'give_answer', input: answer.input }]
      const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content, stop_reason: 'tool_use' }
      response.end(
        JSON.stringify(answer.status === 200 ? message : { type: 'error', error: { type: 'e', message: 'no' } }),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    bodies,
    url: `http://127.0.0.1:${port}`,
    answers: (input: unknown) => {
      answer = { status: 200, input }
    },
    /** Says nothing from now on; calls back for each question. */
    isSilent: (heard: () => void) => {
      isSilent = heard
    },
    /** Resolves once somebody gave up waiting. */
    left,
    fails: (status: number) => {
      answer = { status, input: null }
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
