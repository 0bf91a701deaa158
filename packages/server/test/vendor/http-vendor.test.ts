import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpVendor } from '../../src/vendor/http-vendor.ts'

const message = { messageId: 'm.1', idempotencyKey: 'rm.1', customerId: 'c', address: 'a@example.com', body: 'Grüße' }

const closers: (() => unknown)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

interface Heard {
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly url: string | undefined
}

/** A vendor's server that answers as it is told, and what it heard. */
async function vendorThat(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      heard.push({ headers: request.headers, body, url: request.url })
      answer(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const vendor = createHttpVendor({ url: () => `http://127.0.0.1:${port}/api`, key: 'secret', connections: 4 })
  closers.push(
    () => server.closeAllConnections(),
    () => server.close(),
    () => vendor.close(),
  )
  return { vendor, heard, port }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
}

const never = new AbortController().signal

describe('the vendor over HTTP', () => {
  it('hands a message over as the contract says, under its key', async () => {
    const { vendor, heard } = await vendorThat(
      json(200, { success: true, data: { messageId: 'm.1', vendorMessageId: 'v-9', status: 'ACCEPTED' } }),
    )
    expect(await vendor.send(message, never)).toEqual({
      kind: 'response',
      status: 200,
      retryAfter: null,
      vendorMessageId: 'v-9',
      isRefusal: false,
      detail: '',
    })
    expect(heard[0]?.url).toBe('/api/send-message')
    expect(JSON.parse(heard[0]!.body)).toEqual({ messageId: 'm.1', customerId: 'c', message: 'Grüße' })
    expect(heard[0]?.headers).toMatchObject({ 'idempotency-key': 'rm.1', 'x-vendor-key': 'secret' })
  })

  const answers: readonly [string, (response: ServerResponse) => void, object][] = [
    [
      'an answer that repeats only our id',
      json(200, { data: { messageId: 'm.1' } }),
      { status: 200, vendorMessageId: null },
    ],
    [
      'an answer that is no JSON',
      (response) => response.end('<html>thanks</html>'),
      { status: 200, vendorMessageId: null, isRefusal: false },
    ],
    [
      'a success that says no',
      json(200, { success: false, error: 'bad\r\nnumber' }),
      { status: 200, isRefusal: true, detail: 'bad number' },
    ],
    ['a status that says no', json(200, { data: { status: 'rejected' } }), { isRefusal: true }],
    [
      'a busy vendor',
      json(429, { error: 'slow down' }, { 'retry-after': '7' }),
      { status: 429, retryAfter: '7', detail: 'slow down' },
    ],
    ['a broken vendor', json(500, {}), { status: 500 }],
    ['a redirect, which is not followed', json(302, {}, { location: 'http://example.com' }), { status: 302 }],
    ['an endless sentence', json(400, { error: 'x'.repeat(5_000) }), { status: 400, detail: 'x'.repeat(200) }],
    ['an endless body', (response) => response.end('x'.repeat(1_000_000)), { status: 200, vendorMessageId: null }],
    ['an id that is no id', json(200, { data: { vendorMessageId: { $ne: 1 } } }), { vendorMessageId: null }],
  ]
  for (const [name, answer, expected] of answers) {
    it(`reads ${name}`, async () => {
      const { vendor } = await vendorThat(answer)
      expect(await vendor.send(message, never)).toMatchObject({ kind: 'response', ...expected })
    })
  }

  it('knows that a refused connection reached nobody', async () => {
    const { port } = await vendorThat(() => {})
    for (const close of closers.splice(0)) close()
    const vendor = createHttpVendor({ url: () => `http://127.0.0.1:${port}`, key: 'k', connections: 1 })
    closers.push(() => vendor.close())
    expect(await vendor.send(message, never)).toEqual({ kind: 'not-reached', detail: 'ECONNREFUSED' })
  })

  it('doubts a connection that was cut before the answer', async () => {
    const { vendor } = await vendorThat((_response, request) => request.socket.destroy())
    expect(await vendor.send(message, never)).toMatchObject({ kind: 'lost' })
  })

  it('doubts an answer that broke off', async () => {
    const { vendor } = await vendorThat((response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"data":', () => response.socket?.destroy())
    })
    expect(await vendor.send(message, never)).toEqual({ kind: 'lost', detail: 'the answer broke off' })
  })

  it('tears a request down when its time is over, also while the body trickles', async () => {
    const over = new AbortController()
    const { vendor } = await vendorThat((response) => {
      response.writeHead(200)
      response.write('{')
      over.abort()
    })
    expect(await vendor.send(message, over.signal)).toMatchObject({ kind: 'lost' })
  })
})
