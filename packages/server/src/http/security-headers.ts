import type { Middleware } from 'koa'

/** Headers for an API whose answers are data, never pages, and never for a cache. */
export function securityHeadersOf(isProduction: boolean): Readonly<Record<string, string>> {
  return {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(isProduction ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/** Gives them to every answer. */
export function securityHeaders(isProduction: boolean): Middleware {
  const headers = securityHeadersOf(isProduction)
  return async (ctx, next) => {
    ctx.set(headers)
    await next()
  }
}
