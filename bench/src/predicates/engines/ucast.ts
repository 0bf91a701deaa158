import { guard } from '@ucast/mongo2js'
import type { CustomerRecord } from '../customers/records.ts'
import type { Engine } from './engine.ts'
import { mongoQuery } from './mongo-query.ts'

/** ucast: MongoDB queries, interpreted. */
export const ucast: Engine = {
  name: 'ucast',
  prepare: (rule, form) => guard<CustomerRecord, Record<string, unknown>>(mongoQuery(rule, form)),
}
