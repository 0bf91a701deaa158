import type { InstanceMark } from '../database/instance-mark.ts'
import type { InstanceStore } from './instance-store.ts'

/**
 * `ours`: the database belongs to this installation. `foreign`: it belongs to another one, so it is a copy or a backup,
 * and its runs may be running elsewhere. `unchecked`: nothing outside of the database says which installation this is.
 */
export type InstanceState = 'ours' | 'foreign' | 'unchecked'

export interface Instance {
  check(): Promise<InstanceState>
  /** The operator says that this is the installation now. A copy gets a name of its own, so that there are two. */
  confirm(): Promise<InstanceState>
}

/**
 * Holds the name in the database against the one beside it. The one beside it is always written first: whoever dies in
 * between finds a new database with a mark, which is taken, or a confirmation that has to be given again.
 */
export function createInstance(store: InstanceStore, mark: InstanceMark | null, newId: () => string): Instance {
  const check = async (): Promise<InstanceState> => {
    if (mark === null) return 'unchecked'
    const [known, beside] = [await store.find(), await mark.read()]
    if (known !== null) return known === beside ? 'ours' : 'foreign'
    if (beside === null) await mark.claim(newId())
    const id = await mark.read()
    return id !== null && (await store.name(id)) === id ? 'ours' : 'foreign'
  }
  return {
    check,
    confirm: async () => {
      if (mark === null || (await check()) === 'ours') return check()
      await mark.rename?.(newId())
      const id = await mark.read()
      if (id !== null) await store.rename(id)
      return check()
    },
  }
}
