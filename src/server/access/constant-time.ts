import { timingSafeEqual } from 'node:crypto';

/** True if two texts are equal; how long that takes does not tell where they differ. */
export function isEqualText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
