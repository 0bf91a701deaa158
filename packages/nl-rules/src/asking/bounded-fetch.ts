/** As large as the whole response of a provider may be: the answer, and what is told about it. */
const mostResponseBytes = 256 * 1024

/**
 * `fetch` for the requests of a provider's library: follows no redirects, which would carry the key elsewhere,
 * and fails while reading a response that is larger than 256 KB.
 */
export async function boundedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, { ...init, redirect: 'error' })
  if (response.body === null) return response
  const { status, statusText, headers } = response
  return new Response(response.body.pipeThrough(limitOf(mostResponseBytes)), { status, statusText, headers })
}

function limitOf(mostBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0
  return new TransformStream({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength
      if (bytes > mostBytes) controller.error(new RangeError(`The response is larger than ${mostBytes} bytes`))
      else controller.enqueue(chunk)
    },
  })
}
