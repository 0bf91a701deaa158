import type { Dialect, DialectName } from '../dialect.ts'
import { mariadb, mysql } from './mysql-family.ts'
import { postgresql } from './postgresql.ts'
import { sqlite } from './sqlite.ts'

const dialects: Readonly<Record<DialectName, Dialect>> = { sqlite, mysql, mariadb, postgresql }

/**
 * The answers of a database.
 * @throws RangeError for a database that is not among them
 */
export function dialectOf(name: DialectName): Dialect {
  if (!Object.hasOwn(dialects, name))
    throw new RangeError(`"${name}" is not one of ${Object.keys(dialects).join(', ')}`)
  return dialects[name]
}
