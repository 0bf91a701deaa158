import siftModule from 'sift'
import type { Engine } from './engine.ts'
import { mongoQuery } from './mongo-query.ts'

/** sift: MongoDB queries, as a tree of operations. */
export const sift: Engine = {
  name: 'sift',
  prepare: (rule, form) => siftModule.default<Record<string, unknown>>(mongoQuery(rule, form)),
}
