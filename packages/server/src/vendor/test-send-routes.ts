import Router from '@koa/router'
import { sendTest, type TestParts } from '../deliveries/send-test.ts'
import { checkerOf } from '../http/checker-of.ts'
import { succeeded } from '../http/envelope.ts'
import { allow } from '../http/policy.ts'
import { readBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'

interface TestBody {
  readonly customerId: string
  readonly message: string
}

export const checkTest = checkerOf<TestBody>({
  type: 'object',
  required: ['customerId', 'message'],
  additionalProperties: false,
  properties: {
    customerId: { type: 'string', minLength: 1, maxLength: 32 },
    message: { type: 'string', minLength: 1, maxLength: 20_000 },
  },
})

/** One message to one customer, to see how it looks. */
export function testSendRoutes(parts: TestParts): Router {
  return new Router().post('/vendor/test-send', allow('marketer'), async (ctx) => {
    const wanted = await readBody(ctx, checkTest)
    const { messageId, customer } = await sendTest(parts, sessionOf(ctx).workspaceId, wanted)
    ctx.body = succeeded({ messageId, customer, message: wanted.message, status: 'QUEUED' })
  })
}
