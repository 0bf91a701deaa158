/** Answers that stay true until their key changes. A key names all that an answer depends on. */
export interface Memory<Answer> {
  /** What was computed under this key before, or what `compute` answers, which is then kept. */
  recall(key: readonly (string | number)[], compute: () => Promise<Answer>): Promise<Answer>
}

/** Every timeframe of some hundred workspaces; one answer is a few kilobytes at most. */
const mostAnswers = 1_000

/** Keeps answers in this process. Two who ask at once wait for one computation; a failure is not kept. */
export function createMemory<Answer>(): Memory<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return {
    recall: (key, compute) => {
      const name = JSON.stringify(key)
      const answer = answers.get(name) ?? compute()
      answers.delete(name)
      answers.set(name, answer)
      const [oldest] = answers.keys()
      if (answers.size > mostAnswers && oldest !== undefined) answers.delete(oldest)
      answer.catch(() => answers.delete(name))
      return answer
    },
  }
}
