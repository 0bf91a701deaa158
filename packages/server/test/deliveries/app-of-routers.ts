import Router from '@koa/router'
import Koa from 'koa'
import { pino } from 'pino'
import { answerProblems } from '../../src/http/answer-problems.ts'
import { authentication } from '../../src/http/authentication.ts'

/** The way of a request through errors and authentication to these routers, and nothing around it. Nobody has a session. */
export function appOfRouters(routers: readonly Router[]): Koa {
  const app = new Koa()
  const api = new Router({ prefix: '/api' })
  for (const router of routers) api.use(router.routes())
  app.use(answerProblems(pino({ level: 'silent' })))
  app.use(authentication({ issuer: 'test', audience: 'test', keys: new Map() }, async () => null))
  app.use(api.routes())
  return app
}
