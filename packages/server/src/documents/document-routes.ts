import Router from '@koa/router'
import type { Context } from 'koa'
import { allow } from '../http/policy.ts'
import type { Chapter } from './description.ts'
import { docsPage } from './docs-page.ts'
import { docsStyle } from './docs-style.ts'
import { openApiOf } from './open-api.ts'

/** The page takes its style from this server and nothing else from anywhere. */
const pagePolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The interface described: for programs at `/openapi.json`, for people at `/docs`. Both are made once, at the start. */
export function documentRoutes(chapters: readonly Chapter[]): Router {
  const document = openApiOf(chapters)
  const json = JSON.stringify(document)
  const page = docsPage(chapters, document)
  const send = (type: string, body: string) => async (ctx: Context) => {
    ctx.set('Content-Security-Policy', pagePolicy)
    ctx.type = type
    ctx.body = body
  }
  return new Router()
    .get('/openapi.json', allow('anyone'), send('application/json', json))
    .get('/docs', allow('anyone'), send('html', page))
    .get('/docs/style.css', allow('anyone'), send('css', docsStyle))
}
