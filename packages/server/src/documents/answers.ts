import { object, type Schema, text } from './shapes.ts'

/** What comes back: a status, and a body in one or several media types, or none. */
export interface Answer {
  readonly status: number
  /** What it means. */
  readonly about: string
  readonly content: Readonly<Record<string, Schema>>
}

/** The envelope of a success. `hoisted` repeats parts of `data` beside it, where the web client looks for them. */
export function succeeds(data: Schema, { status = 200, hoisted = {} }: SuccessOptions = {}): Answer {
  return answers(object({ success: { const: true }, data, ...hoisted }), status)
}

interface SuccessOptions {
  readonly status?: number
  readonly hoisted?: Readonly<Record<string, Schema>>
}

/** The envelope of a success that has nothing to show but a sentence. */
export function says(): Answer {
  return answers(object({ success: { const: true }, message: text }))
}

/** A success whose `data` is a sentence. */
export function saysInData(more: Readonly<Record<string, Schema>> = {}): Answer {
  return succeeds(object({ message: text, ...more }))
}

/** JSON outside the envelope. */
export function answers(shape: Schema, status = 200, about = 'Done'): Answer {
  return { status, about, content: { 'application/json': shape } }
}

/** Text of one of these media types. */
export function sends(...mediaTypes: readonly string[]): Answer {
  return { status: 200, about: 'The text', content: Object.fromEntries(mediaTypes.map((type) => [type, text])) }
}

/** The browser is sent on. */
export function redirects(about: string): Answer {
  return { status: 302, about, content: {} }
}
