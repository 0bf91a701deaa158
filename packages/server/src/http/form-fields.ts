import type { Middleware } from 'koa'

/** Repeats faults of these fields under `details`, where the forms of the customer pages look for them. */
export function formFields(...fields: readonly string[]): Middleware {
  return (ctx, next) => {
    ctx.state['formFields'] = fields
    return next()
  }
}
