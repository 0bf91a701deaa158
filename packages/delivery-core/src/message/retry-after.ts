/** A vendor that throttles without saying for how long is left alone for this long. */
export const unstatedWaitMs = 5_000

/** No vendor can make us wait longer than this by one header; a longer wish is taken for this one. */
export const longestWaitMs = 24 * 60 * 60_000

/**
 * Reads a `Retry-After` header: seconds or an HTTP date. Null when it is missing or means nothing; never negative, and
 * never longer than `longestWaitMs`, however absurd the header.
 */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return bounded(Number(text) * 1000)
  if (!/[A-Za-z]/.test(text)) return null
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? null : bounded(instant - nowMs)
}

function bounded(waitMs: number): number {
  return Math.min(Math.max(0, Math.ceil(waitMs)), longestWaitMs)
}
