import Router from '@koa/router'
import Koa from 'koa'
import { pino } from 'pino'
import { answerProblems } from '../../src/http/answer-problems.ts'
import { ProblemError } from '../../src/problems/problem-error.ts'

/** The way of a request through errors to these routers, for whoever has this session, and nothing around it. */
export function appOfRouters(routers: readonly Router[], session: object | null = null): Koa {
  const app = new Koa()
  const api = new Router({ prefix: '/api' })
  for (const router of routers) api.use(router.routes())
  app.use(answerProblems(pino({ level: 'silent' })))
  app.use(async (ctx, next) => {
    ctx.state['authenticate'] = async () => {
      if (session === null) throw new ProblemError('UNAUTHENTICATED', 'Please log in')
      return session
    }
    await next()
  })
  app.use(api.routes())
  return app
}
