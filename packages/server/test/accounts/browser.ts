import type { Answer, Client } from '../client.ts'

/** A browser that keeps the cookies of one server, each for its path, and follows no redirect by itself. */
export interface Browser {
  /** Goes to an address of the server, given whole or as its path. */
  go(address: string): Promise<Answer>
  /** As the client's page sends it. */
  post(path: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Answer>
  /** What is in the jar, by name. */
  readonly cookies: Map<string, { readonly value: string; readonly path: string }>
}

export function browserAt(anyone: Client): Browser {
  const cookies: Browser['cookies'] = new Map()
  const jarFor = (path: string) =>
    [...cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
  const keep = (answer: Answer): Answer => {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = '', path = '/'] = /^([^=]+)=([^;]*).*?; Path=([^;]+)/.exec(line) ?? []
      if (/Max-Age=0/.test(line)) {
        if (cookies.get(name)?.path === path) cookies.delete(name)
      } else cookies.set(name, { value, path })
    }
    return answer
  }
  return {
    cookies,
    go: async (address) => {
      const { pathname, search } = new URL(address, 'http://server.example')
      return keep(await anyone.get(`${pathname}${search}`, { cookie: jarFor(pathname) }))
    },
    post: async (path, body, headers) => keep(await anyone.post(path, body, { cookie: jarFor(path), ...headers })),
  }
}
