import { setTimeout } from 'node:timers/promises';
import { expect } from '@jest/globals';

const LOOKS = 600;
const PAUSE_MS = 50;

/**
 * Reads a page until it reads as expected, asymmetric matchers of jest included: a page draws what it is told in steps, and what
 * came first does not say that the rest is there.
 *
 * @throws the difference to what is read after half a minute
 */
export async function comesTo(read: () => unknown, expected: unknown): Promise<void> {
  for (let look = 1; look < LOOKS; look += 1) {
    try {
      expect(await read()).toEqual(expected);
      return;
    } catch {
      await setTimeout(PAUSE_MS);
    }
  }
  expect(await read()).toEqual(expected);
}
