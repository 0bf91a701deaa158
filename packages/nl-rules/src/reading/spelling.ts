import { ordinaryWords } from './ordinary-words.ts'

/** Puts typing mistakes right: the known word that was surely meant, or null. */
export type Spelling = (word: string) => string | null

/** The kinds of slip, the likeliest first. */
type Slip = 'swapped' | 'missing' | 'wrong' | 'extra'
const likelihood: readonly Slip[] = ['swapped', 'missing', 'wrong', 'extra']
/** Longer words are left alone: nobody mistypes them by one letter, and the work per word stays bounded. */
const longest = 24

/**
 * A speller for the given words. It forgives one slip in a word (two letters swapped, one missing, wrong or too many),
 * never in the first letter, where people hardly slip, and never turns one English word into another.
 */
export function createSpelling(known: ReadonlySet<string>): Spelling {
  const byShortened = new Map<string, string[]>()
  for (const word of known) {
    if (word.length < 3 || word.length > longest) continue
    for (const key of [word, ...shortened(word)]) {
      const words = byShortened.get(key)
      if (words === undefined) byShortened.set(key, [word])
      else words.push(word)
    }
  }
  return (word) => {
    if (word.length < 3 || word.length > longest || ordinaryWords.has(word)) return null
    const near = new Set([word, ...shortened(word)].flatMap((key) => byShortened.get(key) ?? []))
    let best: { word: string; rank: number } | null = null
    for (const candidate of near) {
      const slip = slipBetween(word, candidate)
      const rank = slip === null ? -1 : likelihood.indexOf(slip)
      if (rank >= 0 && (best === null || rank < best.rank)) best = { word: candidate, rank }
    }
    return best?.word ?? null
  }
}

function shortened(word: string): string[] {
  return Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1))
}

/** The one slip that makes `typed` of `meant`, if it is one that we forgive in a word of this length. */
function slipBetween(typed: string, meant: string): Slip | null {
  let same = 0
  while (same < typed.length && typed[same] === meant[same]) same += 1
  const restTyped = typed.slice(same)
  const restMeant = meant.slice(same)
  if (restTyped[0] === restMeant[1] && restTyped[1] === restMeant[0] && restTyped.slice(2) === restMeant.slice(2)) {
    return typed.length >= 3 && restTyped.length >= 2 ? 'swapped' : null
  }
  if (same === 0) return null
  if (restTyped === restMeant.slice(1)) return meant.length >= 4 ? 'missing' : null
  if (typed.length < 5) return null
  if (restTyped.slice(1) === restMeant.slice(1)) return 'wrong'
  return restTyped.slice(1) === restMeant ? 'extra' : null
}
