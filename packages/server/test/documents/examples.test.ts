import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../../testing/databases.ts'
import type { Description } from '../../src/documents/description.ts'
import { everyChapter } from '../../src/every-chapter.ts'
import { type Answer, clientOf } from '../client.ts'
import { type OpenMuster, openMuster } from '../open-muster.ts'
import { checkAnswer } from './check-answer.ts'
import { openSampleShop } from './sample-shop.ts'

const [sqlite] = testDatabases(['sqlite'])
const rows = everyChapter.flatMap(({ routes }) =>
  Object.entries(routes).map(([route, description]) => ({ route, description })),
)
const vendorKey = 'a vendor key of the tests, long enough as well'

describe('the example of', () => {
  let muster: OpenMuster
  beforeAll(async () => {
    muster = await openMuster(sqlite!, {
      BACKEND_DEV_TOKEN_FALLBACK: 'true',
      GOOGLE_CLIENT_ID: 'client of the tests',
      GOOGLE_CLIENT_SECRET: 'secret of the tests',
      GOOGLE_REDIRECT_URI: 'http://localhost:3001/api/auth/google/callback',
    })
  })
  afterAll(() => muster.stop())

  it.each(rows)('$route is answered as described', async ({ route, description }) => {
    const answer = await send(route, description)
    const { status } = description.answers[0]
    expect([answer.status, answer.status === status ? null : answer.body]).toEqual([status, null])
    const [method = '', pattern = ''] = route.split(' ')
    checkAnswer(method, pattern, answer.status, answer.headers.get('content-type'), answer.body)
  })

  async function send(route: string, { access, example }: Description): Promise<Answer> {
    const { owner, real } = await openSampleShop(muster)
    const [method = '', pattern = ''] = route.split(' ')
    const path = pattern.replaceAll(/:(\w+)/g, (_whole, name: string) => real(example.path?.[name] ?? ''))
    const query = Object.entries(example.query ?? {}).map(([name, value]) => `${name}=${real(String(value))}`)
    const client = access === 'anyone' ? clientOf(muster.origin, null) : owner
    return client.raw(`${path}${query.length === 0 ? '' : `?${query.join('&')}`}`, {
      method,
      headers: {
        ...(access === 'anyone' || access === 'vendor' ? {} : { authorization: `Bearer ${client.token}` }),
        ...(access === 'vendor' ? { 'x-vendor-key': vendorKey } : {}),
        ...(example.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(example.body === undefined ? {} : { body: real(JSON.stringify(example.body)) }),
    })
  }
})
