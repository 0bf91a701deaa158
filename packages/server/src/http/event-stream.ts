import { PassThrough } from 'node:stream'
import type { Context } from 'koa'

/** An answer that goes on: Server-Sent Events, as the HTML standard has them. */
export interface EventStream {
  /**
   * Sends an event unless the reader is behind; then it is left out, because a later one says more. Answers whether it
   * was sent.
   */
  send(event: { readonly name: string; readonly id: string; readonly data: object }): boolean
  /** A line that readers ignore: it keeps proxies from taking silence for an end. */
  beat(): void
  end(): void
  /** Calls when nobody reads any more, whoever ended it. */
  onGone(whenGone: () => void): void
}

/** How soon a browser comes back after the line broke. */
const retryMs = 2_000

/** Begins to answer with events. What is waiting to be read is bounded by the stream's own mark of 16 kB. */
export function openEventStream(ctx: Context): EventStream {
  const stream = new PassThrough()
  ctx.type = 'text/event-stream'
  ctx.set('X-Accel-Buffering', 'no')
  ctx.body = stream
  stream.write(`retry: ${retryMs}\n\n`)
  const write = (text: string): boolean => {
    if (stream.writableNeedDrain || stream.writableEnded || stream.destroyed) return false
    stream.write(text)
    return true
  }
  return {
    send: ({ name, id, data }) => write(`event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`),
    beat: () => void write(': still here\n\n'),
    end: () => void stream.end(),
    onGone: (whenGone) => {
      // By the response: a HEAD request, for instance, never reads the stream.
      ctx.res.once('close', () => {
        stream.destroy()
        whenGone()
      })
    },
  }
}
