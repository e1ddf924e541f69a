import { isSigned } from '../cvat/webhook-signature.ts';

/** A file is read again at most so often, in milliseconds, however many forged messages come. */
const READ_AGAIN_MS = 1000;

/** Says whether a message is signed with the secret as it is now. */
export type SignatureCheck = (body: Uint8Array, signature: string | undefined) => boolean;

/**
 * Checks signatures against a secret that may be replaced while the server runs: it is read again when a signature does
 * not hold.
 *
 * @param secret what reads it; if that throws, the last known one stays
 */
export function signatureCheck(secret: { read(): string }, now: () => number = Date.now): SignatureCheck {
  let known = secret.read();
  let readAt = now();
  return (body, signature) => {
    if (isSigned(body, signature, known)) return true;
    if (now() - readAt < READ_AGAIN_MS) return false;
    readAt = now();
    try {
      known = secret.read();
    } catch {
      return false;
    }
    return isSigned(body, signature, known);
  };
}
