import Router from '@koa/router'
import type { Context } from 'koa'
import { actorOf } from '../audit/audit-entry.ts'
import { checkerOf, inspectorOf } from '../http/checker-of.ts'
import { done, succeeded } from '../http/envelope.ts'
import { pagination, readFilters, readPaging } from '../http/paging.ts'
import { allow } from '../http/policy.ts'
import { bulkLimitBytes, readBody, readRawBody } from '../http/read-body.ts'
import { sessionOf } from '../http/session.ts'
import { invalidInput } from '../problems/problem-error.ts'
import { isoOf } from '../world/moment.ts'
import {
  type AddedAddress,
  addSuppressions,
  type Editor,
  type GivenAddress,
  removeSuppression,
  type SuppressionParts,
} from './change-suppressions.ts'
import { readAddressLines } from './read-address-lines.ts'
import { type SuppressionReason, suppressionReasons } from './suppress-addresses.ts'
import { listSuppressions, type Suppression } from './suppression-store.ts'

/** As many as are written in a second or two, so that no permit waits longer for their customers. */
export const mostAddressesAtOnce = 10_000

const addressSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['email'],
  properties: { email: { type: 'string', trimmed: true, maxLength: 254, format: 'mail-address' } },
} as const

export const checkAddress = checkerOf<{ readonly email: string }>(addressSchema)
const inspectAddress = inspectorOf<{ readonly email: string }>(addressSchema)

/** What is in the list is looked at row by row: texts, or objects with an `email`. */
export const checkAddresses = checkerOf<{ readonly addresses: readonly unknown[] }>({
  type: 'object',
  additionalProperties: false,
  required: ['addresses'],
  properties: { addresses: { type: 'array', minItems: 1, maxItems: mostAddressesAtOnce } },
})

/** The addresses that nobody in a workspace writes to: the vendor's and the persons' own, and those of its operators. */
export function suppressionRoutes(parts: SuppressionParts): Router {
  return new Router({ prefix: '/suppressions' })
    .get('/', allow('marketer'), async (ctx) => {
      const paging = readPaging(ctx, { sortable: ['createdAt'], limit: 50 })
      const query = { ...paging, reason: readReason(ctx) }
      const { suppressions, total } = await listSuppressions(parts.database.knex, sessionOf(ctx).workspaceId, query)
      ctx.body = succeeded({
        suppressions: suppressions.map(suppressionOnTheWire),
        pagination: pagination(paging, total),
      })
    })
    .post('/', allow('marketer'), async (ctx) => {
      const { email } = await readBody(ctx, checkAddress)
      const [added] = await addSuppressions(parts, editorOf(ctx), 'operator', [{ ok: true, address: email }])
      ctx.status = added?.status === 'added' ? 201 : 200
      ctx.body = done(added?.status === 'added' ? 'This address is suppressed now' : 'This address was suppressed')
    })
    .post('/bulk', allow('marketer'), async (ctx) => {
      const rows = (await readGiven(ctx)).map(givenAddress)
      const results = await addSuppressions(parts, editorOf(ctx), 'import', rows)
      ctx.body = succeeded({ ...tally(results), results })
    })
    .delete('/:address', allow('marketer'), async (ctx) => {
      await removeSuppression(parts, editorOf(ctx), ctx.params['address'] ?? '')
      ctx.body = done('This address may be written to again, where its customer has not refused')
    })
}

function editorOf(ctx: Pick<Context, 'state'>): Editor {
  const session = sessionOf(ctx)
  return { workspaceId: session.workspaceId, role: session.role, actor: actorOf(session) }
}

/** JSON, or a text with one address a line. */
async function readGiven(ctx: Context): Promise<readonly unknown[]> {
  if (ctx.request.is('text/csv', 'text/plain') === false)
    return (await readBody(ctx, checkAddresses, bulkLimitBytes)).addresses
  const lines = readAddressLines((await readRawBody(ctx, bulkLimitBytes, ['text/csv', 'text/plain'])).toString('utf8'))
  return checkAddresses({ addresses: lines }).addresses
}

function givenAddress(row: unknown): GivenAddress {
  const read = inspectAddress(typeof row === 'string' ? { email: row } : row)
  return read.ok ? { ok: true, address: read.value.email } : { ok: false, faults: read.faults }
}

function readReason(ctx: Context): SuppressionReason | null {
  const wanted = readFilters(ctx, ['reason']).get('reason')
  if (wanted === undefined) return null
  const reason = suppressionReasons.find((known) => known === wanted)
  if (reason !== undefined) return reason
  throw invalidInput([{ path: '/reason', message: `"reason" must be one of ${suppressionReasons.join(', ')}` }])
}

function suppressionOnTheWire({ address, reason, createdAtMs, createdBy }: Suppression) {
  return { address, reason, createdAt: isoOf(createdAtMs), createdBy }
}

function tally(results: readonly AddedAddress[]) {
  const count = (status: AddedAddress['status']) => results.filter((result) => result.status === status).length
  return { added: count('added'), unchanged: count('unchanged'), rejected: count('rejected') }
}
