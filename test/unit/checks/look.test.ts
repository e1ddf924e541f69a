import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { fine } from '../../../src/checks/finding.ts';
import { lookAll } from '../../../src/checks/look.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';

const never = new Promise<never>(() => undefined);

/** Has this whole process stand still, as a long search for garbage does. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('looking at several things', () => {
  it('gives up what does not answer in its time, tells it, and keeps what the others have found', async () => {
    let wasGivenUp = false;
    const found = await lookAll('the store', 200, [
      async (signal) => {
        signal.addEventListener('abort', () => {
          wasGivenUp = true;
        });
        return never;
      },
      async () => [fine('there is room')],
    ]);
    expect(found.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'problem the store has not answered within 0.2 s.',
      'ok there is room',
    ]);
    expect(wasGivenUp).toBe(true);
  });

  it('tells by its code what failed, shortened, and takes a server that is held for no problem', async () => {
    const text = 'x'.repeat(1000);
    const found = await lookAll('CVAT', 1000, [
      async () => Promise.reject(new MaskloopError('OnHold', text)),
      async () => Promise.reject(new MaskloopError('CvatUnreachable', text)),
      async () => Promise.reject(new Error(text)),
    ]);
    expect(found.map(({ level, code }) => [level, code])).toEqual([
      ['warning', 'OnHold'],
      ['problem', 'CvatUnreachable'],
      ['problem', undefined],
    ]);
    expect(Math.max(...found.map(({ message }) => message.length))).toBeLessThan(500);
  });

  it('does not tell of a server the time for which this process stood still', async () => {
    const found = await lookAll('the store', 1000, [
      async () => {
        standStill(1500);
        await sleep(1);
        return [fine('it can be written')];
      },
    ]);
    expect(found.map(({ message }) => message)).toEqual(['it can be written']);
  });
});
