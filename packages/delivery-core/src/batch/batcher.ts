/** Puts single wishes together: whoever comes while a batch is under way goes with the next one. */
export interface Batcher<Item, Answer> {
  /** Resolves with this item's own answer; rejects if its batch failed. */
  ask(item: Item): Promise<Answer>
}

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Runs at most one batch at a time, of at most `largest` items, and needs no timer: an idle batcher works at once, a
 * busy one finds everybody who came meanwhile. `work` answers for each item, in the same order.
 */
export function createBatcher<Item, Answer>(
  largest: number,
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Batcher<Item, Answer> {
  let waiting: Waiting<Item, Answer>[] = []
  let isBusy = false

  const runAll = async () => {
    // One turn's delay, so that everybody who asks in this turn goes together.
    await Promise.resolve()
    while (waiting.length > 0) {
      const batch = waiting.slice(0, largest)
      waiting = waiting.slice(largest)
      await runOne(batch, work)
    }
    isBusy = false
  }
  return {
    ask: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        if (isBusy) return
        isBusy = true
        void runAll()
      }),
  }
}

async function runOne<Item, Answer>(
  batch: readonly Waiting<Item, Answer>[],
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<void> {
  try {
    const answers = await work(batch.map(({ item }) => item))
    if (answers.length !== batch.length) throw new Error('A batch must answer for each of its items')
    batch.forEach(({ resolve }, index) => {
      resolve(answers[index]!)
    })
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
