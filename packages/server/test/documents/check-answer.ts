import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { openApiOf } from '../../src/documents/open-api.ts'
import { everyChapter } from '../../src/every-chapter.ts'

const document = openApiOf(everyChapter)
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addFormat('idn-email', true)
ajv.addSchema(document, 'document')

/** Patterns without parameters first: `/api/orders/bulk` is no order. */
const patterns = Object.keys(document.paths)
  .map((path) => ({ path, matches: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
  .sort((one, other) => one.path.split('{').length - other.path.split('{').length)

/**
 * Holds an answer against the document: its status must be described, and its body must be what is described. Answers of
 * addresses that are in no chapter are left to the test that asks for one.
 * @throws with the route and everything that differs
 */
export function checkAnswer(method: string, address: string, status: number, type: string | null, body: unknown): void {
  const [address_ = ''] = address.split('?')
  const path = patterns.find(({ matches }) => matches.test(address_))?.path
  const operation = path === undefined ? undefined : document.paths[path]?.[method.toLowerCase()]
  if (path === undefined || operation === undefined || status === 405 || (status === 404 && isNowhere(body))) return
  const route = `${method} ${path}`
  const answer = operation.responses[String(status)]
  if (answer === undefined) {
    const code = Object(body)['code']
    throw new Error(`${route} answered ${status} ${code ?? ''}, which its chapter does not describe`)
  }
  const media = type?.split(';')[0]
  if (media !== 'application/json') return
  const place = [path, method.toLowerCase(), 'responses', status, 'content', media, 'schema']
  const validate = ajv.getSchema(`document#/paths/${place.map(pointerPart).join('/')}`)
  if (validate === undefined)
    throw new Error(`${route} answered ${status} with JSON, which its chapter does not describe`)
  if (validate(body) === true) return
  const differences = (validate.errors ?? []).slice(0, 5).map(differenceIn)
  throw new Error(`${route} answered ${status} with what its chapter does not describe: ${differences.join('; ')}`)
}

function differenceIn({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || 'the body'} ${message ?? ''} ${JSON.stringify(params)}`
}

/** What no route answers is answered before any route. */
function isNowhere(body: unknown): boolean {
  return Object(body)['code'] === 'NOT_FOUND'
}

function pointerPart(part: string | number): string {
  return encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))
}
