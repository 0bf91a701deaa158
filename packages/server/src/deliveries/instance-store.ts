import type { Knex } from 'knex'

/** The name that the database has for the installation it belongs to. */
export interface InstanceStore {
  find(): Promise<string | null>
  /** Names an installation that has no name yet; answers the name it has then, if somebody else was faster theirs. */
  name(id: string): Promise<string>
  rename(id: string): Promise<void>
}

const name = 'instance_id'

export function createInstanceStore(knex: Knex): InstanceStore {
  const find = async (): Promise<string | null> => {
    const row: { value: string } | undefined = await knex('installation').where({ name }).first('value')
    return row?.value ?? null
  }
  return {
    find,
    name: async (id) => {
      await knex('installation').insert({ name, value: id }).onConflict('name').ignore()
      return (await find()) ?? id
    },
    rename: async (id) => {
      await knex('installation').where({ name }).update({ value: id })
    },
  }
}
