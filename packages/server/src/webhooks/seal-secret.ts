import { hkdfSync } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** Keeps secrets unreadable in the database. */
export interface SecretSeal {
  close(secret: string): Promise<string>
  /** @throws when it was sealed with another key, or changed */
  open(sealed: string): Promise<string>
}

const cipher = { alg: 'dir', enc: 'A256GCM' } as const

/** Encrypts with AES-256-GCM under a key drawn from `dataKey`, which never lies in the database. */
export function createSecretSeal(dataKey: string): SecretSeal {
  const key = new Uint8Array(hkdfSync('sha256', dataKey, '', 'muster webhook secrets', 32))
  return {
    close: (secret) => new CompactEncrypt(Buffer.from(secret)).setProtectedHeader(cipher).encrypt(key),
    open: async (sealed) => {
      const { plaintext } = await compactDecrypt(sealed, key, {
        keyManagementAlgorithms: [cipher.alg],
        contentEncryptionAlgorithms: [cipher.enc],
      })
      return Buffer.from(plaintext).toString()
    },
  }
}
