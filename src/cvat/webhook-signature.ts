import { createHmac, timingSafeEqual } from 'node:crypto';

const FORM = /^sha256=([0-9a-f]{64})$/;

/**
 * True if `signature`, the header `X-Signature-256`, is `sha256=` and the hexadecimal HMAC-SHA256 of the message's raw
 * bytes under the webhook's secret. The comparison takes the same time wherever the two differ.
 */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const given = FORM.exec(signature ?? '')?.[1];
  if (given === undefined || secret === '') return false;
  const right = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(right, Buffer.from(given, 'hex'));
}
