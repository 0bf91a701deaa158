import type { IncomingMessage } from 'node:http'
import { bodyParser } from '@koa/bodyparser'
import type { Context, Middleware } from 'koa'
import { ProblemError } from '../problems/problem-error.ts'

/** The size of an ordinary body: the longest message text and the largest rule fit well. */
const ordinaryLimitBytes = 100 * 1024

/** The size of a bulk import: 5,000 rows with room to spare. */
export const bulkLimitBytes = 20 * 1024 * 1024

/** No body of ours is deeper than a rule; deeper ones would exhaust the stack of whoever walks them. */
const deepest = 64

/** Turns an unknown value into what a route works with, or throws with everything that is wrong. */
export type Check<Input> = (body: unknown) => Input

/**
 * Reads the JSON body and checks it. Bodies are read after the route's policy has let the request in.
 * @throws ProblemError for another type, an encoding, bad JSON, too large or too deep a body, and what `check` finds
 */
export async function readBody<Input>(
  ctx: Context,
  check: Check<Input>,
  limitBytes = ordinaryLimitBytes,
): Promise<Input> {
  if (hasBody(ctx)) await parse(ctx, limitBytes)
  return check(ctx.request.body)
}

/**
 * The body as it came, byte for byte: for whoever checks a signature over it before anything of it is believed.
 * @throws ProblemError for another type, an encoding, or too large a body
 */
export async function readRawBody(
  ctx: Context,
  limitBytes: number,
  types: readonly string[] = ['application/json'],
): Promise<Buffer> {
  refuseOtherTypes(ctx, types)
  const kept = keptBodies.get(ctx.req)
  if (kept !== undefined) return kept
  const tooLarge = () => new ProblemError('BODY_TOO_LARGE', `The body is larger than ${limitBytes} bytes`)
  if ((ctx.request.length ?? 0) > limitBytes) throw tooLarge()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    ctx.req
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes <= limitBytes) chunks.push(chunk)
        else {
          // The rest is not read: the answer goes out, and the connection is closed with it.
          ctx.req.pause()
          reject(tooLarge())
        }
      })
      .on('end', () => resolve(Buffer.concat(chunks)))
      .on('error', reject)
      .on('close', () => reject(new ProblemError('BAD_JSON', 'The body broke off')))
  })
}

const keptBodies = new WeakMap<IncomingMessage, Buffer>()

/** For whoever has read a raw body and then leaves the request to its route after all. */
export function keepRawBody(request: IncomingMessage, body: Buffer): void {
  keptBodies.set(request, body)
}

/**
 * What a raw body says, as JSON.
 * @throws ProblemError for bad JSON, and for what no body of ours may hold
 */
export function readJson(body: Buffer): unknown {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw new ProblemError('BAD_JSON', 'The body is not valid JSON')
  }
  refuseHostile(value)
  return value
}

/** Whether anything was sent. POSTs without data come without a type, and are fine. */
function hasBody(ctx: Context): boolean {
  return (ctx.request.length ?? 0) > 0 || ctx.get('transfer-encoding') !== ''
}

async function parse(ctx: Context, limitBytes: number): Promise<void> {
  refuseOtherTypes(ctx)
  try {
    await parserFor(limitBytes)(ctx, async () => {})
  } catch (error) {
    throw problemOf(error, limitBytes)
  }
  refuseHostile(ctx.request.body)
}

function refuseOtherTypes(ctx: Context, types: readonly string[] = ['application/json']): void {
  if (ctx.request.is([...types]) === false || ctx.get('content-encoding') !== '') {
    const message = `Please send ${types.join(' or ')}, without a content encoding`
    throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', message)
  }
}

const parsers = new Map<number, Middleware>()

function parserFor(limitBytes: number): Middleware {
  const known = parsers.get(limitBytes)
  if (known !== undefined) return known
  const made = bodyParser({
    enableTypes: ['json'],
    jsonLimit: limitBytes,
    parsedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  })
  parsers.set(limitBytes, made)
  return made
}

function problemOf(error: unknown, limitBytes: number): unknown {
  const status = error instanceof Error && 'status' in error ? error.status : null
  if (status === 413) return new ProblemError('BODY_TOO_LARGE', `The body is larger than ${limitBytes} bytes`)
  return status === 400 ? new ProblemError('BAD_JSON', 'The body is not valid JSON') : error
}

/** Walks without recursion, so that depth cannot exhaust the stack before it is refused. */
function refuseHostile(body: unknown): void {
  let level: unknown[] = [body]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw new ProblemError('VALIDATION', `The body is nested deeper than ${deepest} levels`)
    const below: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      for (const [key, inner] of Object.entries(value)) {
        if (key === '__proto__' || key === 'prototype' || key === 'constructor') {
          throw new ProblemError('VALIDATION', `The key "${key}" is not accepted`)
        }
        if (typeof inner === 'object' && inner !== null) below.push(inner)
      }
    }
    level = below
  }
}
