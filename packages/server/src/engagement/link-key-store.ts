import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { isDuplicate } from '../database/in-transaction.ts'

const name = 'link-key'

/**
 * The key that signs links in messages: made once and kept with the data, because a link must work for as long as the
 * message is read, whatever secrets are rotated meanwhile. Every server of an installation uses the same.
 */
export async function linkKey(knex: Knex): Promise<Buffer> {
  const known = await find(knex)
  if (known !== null) return known
  try {
    await knex('installation').insert({ name, value: randomBytes(32).toString('base64') })
  } catch (error) {
    // Another server was faster; its key is the one.
    if (!isDuplicate(error)) throw error
  }
  const made = await find(knex)
  if (made === null) throw new Error('The key of links was written and cannot be read')
  return made
}

async function find(knex: Knex): Promise<Buffer | null> {
  const row: { value: string } | undefined = await knex('installation').where({ name }).first('value')
  return row === undefined ? null : Buffer.from(row.value, 'base64')
}
