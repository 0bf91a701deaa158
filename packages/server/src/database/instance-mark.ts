import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'

/** What names this installation outside of its database: a copy of the database alone does not bring it along. */
export interface InstanceMark {
  /** Null when there is none yet, or no longer. */
  read(): Promise<string | null>
  /** Gives the first name, if there is none yet; of several who do so at once, one succeeds. */
  claim(id: string): Promise<void>
  /** Gives another name; null where it is given from outside and cannot be chosen. */
  readonly rename: ((id: string) => Promise<void>) | null
}

/**
 * The mark of an installation: the name from the settings, or else, for a database in a file, a file beside it. Null
 * where there is neither, as for a database in memory or on a server: then nobody can tell a copy from the original.
 */
export function instanceMarkOf(databaseUrl: string, givenId: string | null): InstanceMark | null {
  if (givenId !== null) return { read: async () => givenId, claim: async () => {}, rename: null }
  const path = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : ':memory:'
  return path === ':memory:' ? null : markInFile(`${path}.instance`)
}

function markInFile(path: string): InstanceMark {
  return {
    read: async () => {
      try {
        return (await readFile(path, 'utf8')).trim() || null
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      }
    },
    // Written aside and then put in place: whoever reads sees a whole name or none, also after a crash.
    claim: async (id) => {
      const aside = `${path}.${id}`
      await writeFile(aside, `${id}\n`, { mode: 0o600 })
      try {
        await link(aside, path)
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
      }
      await unlink(aside)
    },
    rename: async (id) => {
      const aside = `${path}.${id}`
      await writeFile(aside, `${id}\n`, { mode: 0o600 })
      await rename(aside, path)
    },
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
