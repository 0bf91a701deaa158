import type { Context } from 'koa'

/** Aborts when whoever asked goes away before the answer: what is being done for them alone can end. */
export function callerGone({ res }: Pick<Context, 'res'>): AbortSignal {
  const gone = new AbortController()
  res.once('close', () => {
    if (!res.writableFinished) gone.abort()
  })
  return gone.signal
}
