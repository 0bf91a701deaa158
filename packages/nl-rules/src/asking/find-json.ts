/** The size up to which an answer is read. */
const mostAnswerBytes = 64 * 1024
/** Where so many braces open no object, the rest of the text does not either. */
const mostAttempts = 8

/** What was found in the text of an answer, or what is wrong with it, in words for the model. */
export type FoundJson = { readonly ok: true; readonly value: object } | { readonly ok: false; readonly problem: string }

/** Finds the one JSON object of an answer, also with talk around it. Reads at most 64 KB, in time linear in that. */
export function findJson(text: string): FoundJson {
  if (new TextEncoder().encode(text).byteLength > mostAnswerBytes) {
    return { ok: false, problem: `The answer is larger than ${mostAnswerBytes} bytes` }
  }
  const whole = parsed(text)
  if (whole !== null) return { ok: true, value: whole }
  let from = text.indexOf('{')
  for (let attempt = 0; from !== -1 && attempt < mostAttempts; attempt++) {
    const to = endOfObject(text, from)
    const value = to === null ? null : parsed(text.slice(from, to))
    if (value !== null) return { ok: true, value }
    from = text.indexOf('{', from + 1)
  }
  return { ok: false, problem: 'The answer holds no JSON object' }
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

/** Where the braces that open at `from` are closed again; braces inside strings do not count. */
function endOfObject(text: string, from: number): number | null {
  let depth = 0
  let isInString = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (isInString) {
      if (character === '\\') at++
      else if (character === '"') isInString = false
    } else if (character === '"') isInString = true
    else if (character === '{') depth++
    else if (character === '}') {
      depth--
      if (depth === 0) return at + 1
    }
  }
  return null
}
