import { hkdfSync } from 'node:crypto'
import { EncryptJWT, errors, jwtDecrypt } from 'jose'
import type { RoundTripSecrets } from './google-round-trip.ts'
import type { LinkingSession } from './link-google.ts'

/** What a browser carries to Google and back. */
export interface RoundTrip extends RoundTripSecrets {
  /** It happens in a window that the client opened. */
  readonly isPopup: boolean
  /** The login that asked for it, to link Google to its account; null: it is a login itself. */
  readonly linkingFor: LinkingSession | null
}

/** Seals round trips, so that browsers can carry them unread and unchanged. */
export interface Seal {
  close(trip: RoundTrip, nowMs: number): Promise<string>
  /** Null for what was not sealed here, has been changed, or is too old. */
  open(sealed: string, nowMs: number): Promise<RoundTrip | null>
}

/** Long enough to type a password and a code at Google. */
export const roundTripSeconds = 300

const cipher = { alg: 'dir', enc: 'A256GCM' } as const

/** Encrypted under a key of its own, drawn from the secret that signs tokens: neither can be taken for the other. */
export function createSeal(secret: string): Seal {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'muster oauth round trip', 32))
  return {
    close: (trip, nowMs) =>
      new EncryptJWT({ trip })
        .setProtectedHeader(cipher)
        .setExpirationTime(Math.floor(nowMs / 1000) + roundTripSeconds)
        .encrypt(key),
    open: async (sealed, nowMs) => {
      const rules = { keyManagementAlgorithms: [cipher.alg], contentEncryptionAlgorithms: [cipher.enc] }
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          ...rules,
          requiredClaims: ['exp'],
          currentDate: new Date(nowMs),
        })
        return isRoundTrip(payload['trip']) ? payload['trip'] : null
      } catch (error) {
        if (error instanceof errors.JOSEError) return null
        throw error
      }
    },
  }
}

function isRoundTrip(trip: unknown): trip is RoundTrip {
  return typeof trip === 'object' && trip !== null && 'state' in trip && 'nonce' in trip && 'codeVerifier' in trip
}
