import bcrypt from 'bcrypt'
import { ProblemError } from '../problems/problem-error.ts'
import { mostPasswordBytes } from './password-fault.ts'

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
        return isSame && hash !== null && Buffer.byteLength(password) <= mostPasswordBytes
      }),
  }
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
