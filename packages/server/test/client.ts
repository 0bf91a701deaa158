import { checkAnswer } from './documents/check-answer.ts'

/** An answer, with ways to take it apart that fail loudly. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
  /** What stands at a path such as `data.customer.id`, or undefined. */
  at(path: string): unknown
  text(path: string): string
  number(path: string): number
  list(path: string): readonly unknown[]
}

/** Speaks HTTP as the web client does: JSON, and the token as Bearer. Every answer is held against the document. */
export interface Client {
  readonly token: string | null
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  put(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  delete(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** A request as it is, for what no proper client sends. */
  raw(path: string, init: RequestInit): Promise<Answer>
}

export function clientOf(origin: string, token: string | null): Client {
  const raw = async (path: string, init: RequestInit) => {
    const answer = await answerOf(await fetch(`${origin}${path}`, { redirect: 'manual', ...init }))
    checkAnswer(init.method ?? 'GET', path, answer.status, answer.headers.get('content-type'), answer.body)
    return answer
  }
  const send = (method: string, path: string, body?: unknown, more: Readonly<Record<string, string>> = {}) =>
    raw(path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return {
    token,
    raw,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
    put: (path, body, headers) => send('PUT', path, body, headers),
    patch: (path, body, headers) => send('PATCH', path, body, headers),
    delete: (path, headers) => send('DELETE', path, undefined, headers),
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const sent = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const body: unknown = isJson ? JSON.parse(sent) : sent
  const at = (path: string) => path.split('.').reduce(step, body)
  const typed = <Kind>(path: string, isKind: (value: unknown) => value is Kind): Kind => {
    const value = at(path)
    if (!isKind(value)) throw new Error(`No fitting ${path} in ${response.status} ${sent.slice(0, 400)}`)
    return value
  }
  return {
    status: response.status,
    headers: response.headers,
    body,
    at,
    text: (path) => typed(path, (value) => typeof value === 'string'),
    number: (path) => typed(path, (value) => typeof value === 'number'),
    list: (path) => typed(path, (value) => Array.isArray(value)),
  }
}

function step(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
