/** A small client of Muster's API, as an integrator would write one: it unwraps the envelope and throws what the server says. */

export interface ApiClient {
  get<Data>(path: string): Promise<Data>
  post<Data>(path: string, body?: unknown): Promise<Data>
}

/** The server answered that it would not. Carries its status, its code and its sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  readonly status: number
  readonly code: string | undefined

  constructor(status: number, code: string | undefined, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

interface Envelope<Data> {
  readonly success: boolean
  readonly data: Data
  readonly error?: string
  readonly code?: string
}

/** Speaks to the API at `baseUrl` (such as `http://127.0.0.1:3001/api`), with a session's token where there is one. */
export function createApiClient(baseUrl: string, token?: string): ApiClient {
  async function call<Data>(method: string, path: string, body?: unknown): Promise<Data> {
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const envelope = (await response.json()) as Envelope<Data>
    if (!response.ok)
      throw new ApiError(response.status, envelope.code, `${method} ${path}: ${envelope.error ?? response.statusText}`)
    return envelope.data
  }
  return { get: (path) => call('GET', path), post: (path, body) => call('POST', path, body) }
}

/** Registers an account with a workspace of its own and returns a client that is logged in. */
export async function registerAndLogIn(baseUrl: string, name: string): Promise<ApiClient> {
  const email = `${name.toLowerCase().replace(/\W+/g, '-')}-${Date.now()}@example.org`
  const password = `Str0ng!${Math.random().toString(36).slice(2)}`
  const anonymous = createApiClient(baseUrl)
  await anonymous.post('/auth/register', { email, name, password })
  const { token } = await anonymous.post<{ token: string }>('/auth/login', { email, password })
  return createApiClient(baseUrl, token)
}
