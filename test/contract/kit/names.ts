import { randomBytes } from 'node:crypto';

/** A name that nothing else on the server has. */
export function ownName(word: string): string {
  return `${word}-${randomBytes(4).toString('hex')}`;
}
