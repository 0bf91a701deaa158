import type { Answer, LanguageModel, Question } from './language-model.ts'

/** Asks, and ends with the signal also where a model does not. A model that rejects is taken for one out of reach. */
export async function askOnce(model: LanguageModel, question: Question, signal: AbortSignal): Promise<Answer> {
  if (signal.aborted) return timedOut
  let stopWaiting = () => {}
  const ended = new Promise<Answer>((resolve) => {
    stopWaiting = () => resolve(timedOut)
    signal.addEventListener('abort', stopWaiting, { once: true })
  })
  try {
    return await Promise.race([model.ask(question, signal), ended])
  } catch {
    return { ok: false, failure: 'UNAVAILABLE' }
  } finally {
    signal.removeEventListener('abort', stopWaiting)
  }
}

const timedOut: Answer = { ok: false, failure: 'TIMED_OUT' }

/** Ends with the deadline, or with the caller if that is earlier. */
export function endingOf(deadline: AbortSignal, caller: AbortSignal | undefined): AbortSignal {
  return caller === undefined ? deadline : AbortSignal.any([deadline, caller])
}
