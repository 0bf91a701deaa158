import { createHash, timingSafeEqual } from 'node:crypto'
import Router from '@koa/router'
import type { Context, Middleware } from 'koa'
import { declarePolicy } from '../http/policy.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { Metrics } from './metrics.ts'

/** Where Prometheus reads. `token`: what it has to send as Bearer; null: it has to be on this machine. */
export function metricsRoutes(metrics: Pick<Metrics, 'text' | 'contentType'>, token: string | null): Router {
  return new Router().get('/metrics', allowReader(token), async (ctx) => {
    ctx.type = metrics.contentType
    ctx.body = await metrics.text()
  })
}

function allowReader(token: string | null): Middleware {
  return declarePolicy(async (ctx, next) => {
    if (!(token === null ? isFromHere(ctx) : isSame(ctx.get('authorization'), `Bearer ${token}`))) {
      throw new ProblemError('FORBIDDEN', 'Metrics are for whoever runs this server')
    }
    await next()
  })
}

/** By the socket, not by what a header says; whoever comes through a proxy on this machine is not from here. */
function isFromHere(ctx: Context): boolean {
  const address = ctx.req.socket.remoteAddress ?? ''
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address)
  return isLoopback && ctx.get('x-forwarded-for') === '' && ctx.get('forwarded') === ''
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
