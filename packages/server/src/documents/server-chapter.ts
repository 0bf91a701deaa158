import { answers, sends } from './answers.ts'
import type { Chapter } from './description.ts'
import { instant, object, oneOf, text } from './shapes.ts'

const health = (...words: readonly string[]) =>
  object({ status: oneOf(...words), timestamp: instant, environment: text })

/** What the server says of itself. */
export const serverChapter: Chapter = {
  name: 'Server',
  about: 'How the server is, and what it offers. Outside the envelope, for machines that watch it.',
  routes: {
    'GET /health': {
      title: 'Ask whether the server is alive',
      about: 'The process answers, and so does its database.',
      access: 'anyone',
      answers: [answers(health('OK')), answers(health('DATABASE_DOWN'), 503, 'The database does not answer')],
      example: {},
    },
    'GET /ready': {
      title: 'Ask whether the server is ready',
      about: "The database has this release's tables, and it belongs to this installation.",
      access: 'anyone',
      answers: [
        answers(object({ status: oneOf('READY') })),
        answers(object({ status: oneOf('NOT_READY', 'INSTANCE_UNCONFIRMED') }), 503, 'Not yet, or no longer'),
      ],
      example: {},
    },
    'GET /metrics': {
      title: 'Read the metrics',
      about:
        'For Prometheus: whoever sends the configured `METRICS_TOKEN` as Bearer; where none is configured, whoever asks from this machine itself.',
      access: 'operator',
      answers: [sends('text/plain')],
      codes: ['FORBIDDEN'],
      example: {},
    },
    'GET /openapi.json': {
      title: 'Read the description of the interface',
      about: 'This document, as OpenAPI 3.1.',
      access: 'anyone',
      answers: [answers({ type: 'object' })],
      example: {},
    },
    'GET /docs': {
      title: 'Read the description as a page',
      access: 'anyone',
      answers: [sends('text/html')],
      example: {},
    },
    'GET /docs/style.css': {
      title: 'Read the style of the page',
      access: 'anyone',
      answers: [sends('text/css')],
      example: {},
    },
  },
}
