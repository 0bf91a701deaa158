import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import { openApiOf } from '../../src/documents/open-api.ts'
import { everyChapter } from '../../src/every-chapter.ts'
import { accessTable } from '../http/access-table.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'

const [sqlite] = testDatabases(['sqlite'])
const document = openApiOf(everyChapter)
const described = everyChapter.flatMap(({ routes }) => Object.entries(routes))

describe('the document', () => {
  let muster: OpenMuster
  beforeAll(async () => {
    muster = await openMuster(sqlite!)
  })
  afterAll(() => muster.stop())

  it('has a description of every route, and of nothing else', () => {
    expect(described.map(([route]) => route).sort()).toEqual([...muster.routes].sort())
  })

  it('says of every route who may use it', () => {
    // Whoever runs the server needs no session; the tests of the metrics ask as somebody else.
    const access = Object.fromEntries(
      described.map(([route, { access }]) => [route, access === 'operator' ? 'anyone' : access]),
    )
    expect(access).toEqual(Object.fromEntries(Object.entries(accessTable).map(([route, row]) => [route, row.access])))
  })

  it('is valid OpenAPI 3.1, and the linter has nothing to say but that browsers are sent on', async () => {
    const config = await createConfig({ extends: ['recommended'] })
    const found = await lintFromString({ source: JSON.stringify(document), config })
    expect(document.openapi).toBe('3.1.0')
    expect(
      found.map(({ ruleId, message }) => `${ruleId}: ${message}`).filter((problem) => !isRedirect(problem)),
    ).toEqual([])
  })

  it('names nothing that it does not describe', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    )
    expect(refs.filter((name) => !Object.hasOwn(document.components.schemas, name ?? ''))).toEqual([])
    const parts = described.flatMap(([route, { example }]) =>
      [...route.matchAll(/:(\w+)/g)].filter(([, name]) => example.path?.[name ?? ''] === undefined).map(() => route),
    )
    expect(parts).toEqual([])
  })

  it('holds no word that is ours alone', () => {
    expect(JSON.stringify(document)).not.toMatch(/"trimmed"|mail-address|"format":"(text|cents|moment|time-zone)"/)
  })

  it('is served for programs and for people, without a script and with nothing from elsewhere', async () => {
    const json = await muster.anyone.get('/openapi.json')
    expect(json.body).toEqual(JSON.parse(JSON.stringify(document)))
    const page = await muster.anyone.get('/docs')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'")
    expect(page.body).not.toMatch(/<script|<style|style="|javascript:|src=|(?:href|action)="https?:|url\(/)
    for (const [, { title }] of described) expect(page.body).toContain(`>${title}</a>`)
    const links = [...String(page.body).matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor)
    expect(links.filter((anchor) => !String(page.body).includes(`id="${anchor}"`))).toEqual([])
    expect((await muster.anyone.get('/docs/style.css')).headers.get('content-type')).toBe('text/css; charset=utf-8')
  })

  it('does not take two routes for one', () => {
    const [chapter] = everyChapter
    const twice = { ...chapter!, routes: { 'GET /one': described[0]![1], 'GET /two': described[0]![1] } }
    expect(() => openApiOf([twice])).toThrow(`Two routes are called "${described[0]![1].title}"`)
  })
})

/** The login with Google answers 302 alone. */
function isRedirect(problem: string): boolean {
  return problem.startsWith('operation-2xx-response')
}
