import type { Context } from 'koa'
import { tokenCookie } from './authentication.ts'

/**
 * Sets the cookie beside the token in the body. It lies at `/api`, so that it does not block the cookie that
 * a development client writes by script at `/`; one left there by an older service is taken away.
 */
export function setTokenCookie(ctx: Context, token: string, lifetimeSeconds: number, isProduction: boolean): void {
  ctx.append('Set-Cookie', cookie(token, '/api', lifetimeSeconds, isProduction))
  ctx.append('Set-Cookie', cookie('', '/', 0, isProduction))
}

/** Clears it, with exactly the attributes that it was set with. */
export function clearTokenCookie(ctx: Context, isProduction: boolean): void {
  ctx.append('Set-Cookie', cookie('', '/api', 0, isProduction))
  ctx.append('Set-Cookie', cookie('', '/', 0, isProduction))
}

/** The client lives on another site in production, hence `SameSite=None`; changes are guarded by their origin. */
function cookie(value: string, path: string, lifetimeSeconds: number, isProduction: boolean): string {
  const reach = isProduction ? 'SameSite=None; Secure' : 'SameSite=Lax'
  return `${tokenCookie}=${value}; Path=${path}; Max-Age=${lifetimeSeconds}; HttpOnly; ${reach}`
}
