import type { Access } from '../http/policy.ts'
import type { statusOf } from '../http/status-of.ts'
import type { Answer } from './answers.ts'
import type { Schema } from './shapes.ts'

/** One room of the interface: what it is about, and its routes by method and pattern, such as `GET /api/orders/:id`. */
export interface Chapter {
  readonly name: string
  readonly about: string
  readonly routes: Readonly<Record<string, Description>>
  /** What other chapters speak of by name, where no route here has just this in its answer. */
  readonly shapes?: readonly Schema[]
}

/** All that a client has to know of one route. Sessions, bodies, origins and limits add their codes by themselves. */
export interface Description {
  /** What it does, as a command of some words: `List customers`. Unique in the whole document. */
  readonly title: string
  /** What the title does not say. */
  readonly about?: string
  /** Who may use it. `vendor`: whoever has the vendor's key, and no session; `operator`: whoever runs the server. */
  readonly access: Access | 'vendor' | 'operator'
  /** Closed to the keys of machines. */
  readonly isForPeople?: true
  /** What may stand in the query string. */
  readonly query?: Readonly<Record<string, Schema>>
  /** The schema that the body is checked by. */
  readonly body?: Schema
  /** What it can answer; the first is what the example is answered with. */
  readonly answers: readonly [Answer, ...Answer[]]
  /** In which ways it can fail by itself. */
  readonly codes?: readonly (keyof typeof statusOf)[]
  /** Answers carry an `ETag`; changes can name one in `If-Match`. */
  readonly isVersioned?: true
  /** A request that works on a shop with the sample things of `samples.ts`. A test sends it. */
  readonly example: Example
}

/** The parts of a request that its pattern leaves open. */
export interface Example {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
}
