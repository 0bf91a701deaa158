/** The answer of `ask`, asked again only when it is older than this. Those who ask meanwhile share one answer. */
export function remembered<Answer>(
  ask: () => Promise<Answer>,
  forMs: number,
  nowMs: () => number,
): () => Promise<Answer> {
  let known: { readonly answer: Promise<Answer>; readonly askedAtMs: number } | null = null
  return () => {
    if (known === null || nowMs() - known.askedAtMs >= forMs) {
      const asked = { answer: ask(), askedAtMs: nowMs() }
      known = asked
      asked.answer.catch(() => {
        if (known === asked) known = null
      })
    }
    return known.answer
  }
}
