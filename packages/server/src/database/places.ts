/** So many may be inside at once, together and of one key; who comes later waits for their turn. */
export interface Places {
  /**
   * Waits for a place and answers what gives it back, to be called once.
   * @throws the signal's reason when it aborts first
   */
  take(key: string, signal: AbortSignal): Promise<() => void>
}

interface Waiting {
  readonly key: string
  readonly enter: () => void
}

/** In the order of coming, except that a key that has all its places does not hold up the others. */
export function createPlaces({ inAll, ofOneKey }: { readonly inAll: number; readonly ofOneKey: number }): Places {
  const inside = new Map<string, number>()
  const waiting: Waiting[] = []
  let taken = 0

  const isFree = (key: string) => taken < inAll && (inside.get(key) ?? 0) < ofOneKey
  const enter = (key: string) => {
    taken += 1
    inside.set(key, (inside.get(key) ?? 0) + 1)
    return () => leave(key)
  }
  const leave = (key: string) => {
    taken -= 1
    const left = (inside.get(key) ?? 1) - 1
    if (left === 0) inside.delete(key)
    else inside.set(key, left)
    const next = waiting.findIndex((one) => isFree(one.key))
    if (next >= 0) waiting.splice(next, 1)[0]?.enter()
  }
  return {
    take: async (key, signal) => {
      signal.throwIfAborted()
      if (isFree(key)) return enter(key)
      return new Promise((resolve, reject) => {
        const one: Waiting = {
          key,
          enter: () => {
            signal.removeEventListener('abort', giveUp)
            resolve(enter(key))
          },
        }
        const giveUp = () => {
          waiting.splice(waiting.indexOf(one), 1)
          reject(signal.reason)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.push(one)
      })
    },
  }
}
