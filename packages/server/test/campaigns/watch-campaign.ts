/** One event of a stream, taken apart. */
export interface StreamEvent {
  readonly name: string
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

/** A stream that is being read. */
export interface Watching {
  readonly status: number
  readonly headers: Headers
  /** Everything that came, as text. */
  text(): string
  /** Reads on until an event of this name came, or the stream ended; all events so far. */
  until(name: string): Promise<readonly StreamEvent[]>
  /** Reads on until the stream ends. */
  toTheEnd(): Promise<readonly StreamEvent[]>
  leave(): Promise<void>
}

/** Watches a campaign as a browser's `EventSource` does. */
export async function watchCampaign(url: string, headers: Readonly<Record<string, string>>): Promise<Watching> {
  const leaving = new AbortController()
  const response = await fetch(url, { headers, signal: leaving.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const events = () => text.split('\n\n').slice(0, -1).flatMap(eventIn)
  const readUntil = async (isEnough: () => boolean) => {
    while (!isEnough()) {
      const piece = await reader?.read()
      if (piece === undefined || piece.done) break
      text += piece.value
    }
    return events()
  }
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    until: (name) => readUntil(() => events().some((event) => event.name === name)),
    toTheEnd: () => readUntil(() => false),
    leave: async () => {
      leaving.abort()
      await reader?.cancel().catch(() => {})
    },
  }
}

function eventIn(block: string): readonly StreamEvent[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
  const [name, id, data] = [field('event'), field('id'), field('data')]
  return name === undefined || id === undefined || data === undefined ? [] : [{ name, id, data: JSON.parse(data) }]
}
