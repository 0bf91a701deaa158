import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { ReceiptOrder, ReceiptOutcome } from './receipt-program.ts'

/** A vendor that only answers, in a process of its own. */
export interface BareVendor {
  readonly url: string
  end(): Promise<void>
}

export async function startVendor(latencyMs: number): Promise<BareVendor> {
  const child = start('./vendor-program.js', [String(latencyMs)])
  const [address] = (await once(child, 'message')) as [AddressInfo]
  return {
    url: `http://127.0.0.1:${address.port}`,
    end: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

/** Reports all these messages delivered, from a process of its own. */
export async function reportAll(order: ReceiptOrder): Promise<ReceiptOutcome> {
  const child = start('./receipt-program.js', [])
  child.send(order)
  const [outcome] = (await once(child, 'message')) as [ReceiptOutcome]
  return outcome
}

function start(program: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(program, import.meta.url)), args)
}
