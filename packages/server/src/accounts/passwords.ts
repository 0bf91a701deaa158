import bcrypt from 'bcrypt'
import { ProblemError } from '../problems/problem-error.ts'

/** bcrypt reads no further than this; a longer password would be accepted with any tail. */
const mostBytes = 72

/** Each hash keeps a thread busy for about 0.2 s; the pool of four threads must stay free for others. */
const mostHashesAtOnce = 2

/** Beyond this, waiting for one's turn takes longer than anybody waits. */
const mostWaiting = 40

/** Hashes passwords and compares them, without ever blocking the event loop. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long when there is no hash to compare with, so that nobody learns which accounts exist. */
  matches(password: string, hash: string | null): Promise<boolean>
}

/** @param cost bcrypt's: each step doubles the time; 12 outside tests */
export function createPasswords(cost: number): Passwords {
  const inTurn = createTurns(mostHashesAtOnce)
  const nobodys = bcrypt.hash('nobody has this password', cost)
  return {
    hash: (password) => inTurn(() => bcrypt.hash(password, cost)),
    matches: (password, hash) =>
      inTurn(async () => {
        const isSame = await bcrypt.compare(password, hash ?? (await nobodys))
        return isSame && hash !== null && Buffer.byteLength(password) <= mostBytes
      }),
  }
}

/** What is wrong with a new password, or null. */
export function passwordFault(password: string): string | null {
  if (Buffer.byteLength(password) > mostBytes) {
    return `Please choose a stronger password of at most ${mostBytes} bytes: what lies beyond would not count`
  }
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}\s]/u]
  if ([...password].length >= 8 && kinds.every((kind) => kind.test(password))) return null
  return 'Please choose a stronger password: at least 8 characters, with upper and lower case letters, a digit and a symbol'
}

function createTurns(mostAtOnce: number): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= mostAtOnce) {
      if (waiting.length >= mostWaiting) throw new ProblemError('BUSY', 'Too many logins at once; please try again')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
