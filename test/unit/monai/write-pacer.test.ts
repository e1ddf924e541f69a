import { describe, expect, it } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { fc } from '../../kit/seeded-properties.ts';
import { createWritePacer, type Clock } from '../../../src/monai/write-pacer.ts';

/** A clock that stands still but for sleeping, and can be made to sleep until it is aborted. */
function fakeClock(): Clock & { time: number; endless: boolean } {
  return {
    time: 0,
    endless: false,
    now() {
      return this.time;
    },
    async sleep(ms, signal) {
      if (this.endless) {
        return new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('sleep aborted')));
        });
      }
      await Promise.resolve();
      this.time += ms;
    },
  };
}

describe('the write pacer', () => {
  it('keeps the order and leaves the gap after the end of each write, failed ones too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ lasts: fc.nat(1000), fails: fc.boolean() }), { maxLength: 12 }),
        async (writes) => {
          const clock = fakeClock();
          const paced = createWritePacer(300, clock);
          const spans: { index: number; start: number; end: number }[] = [];
          const outcomes = await Promise.allSettled(
            writes.map(async ({ lasts, fails }, index) =>
              paced(async () => {
                const start = clock.time;
                await Promise.resolve();
                clock.time += lasts;
                spans.push({ index, start, end: clock.time });
                if (fails) throw new Error(`write ${index}`);
                return index;
              }),
            ),
          );
          expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(writes.map(({ fails }) => fails));
          expect(spans.map(({ index }) => index)).toEqual(writes.map((_, index) => index));
          for (const [i, { start }] of spans.entries()) {
            expect(start).toBe(i === 0 ? 0 : (spans[i - 1]?.end ?? 0) + 300);
          }
        },
      ),
    );
  });

  it('does not wait when the last write is long ago', async () => {
    const clock = fakeClock();
    const paced = createWritePacer(300, clock);
    await paced(async () => undefined);
    clock.time = 5000;
    await paced(async () => undefined);
    expect(clock.time).toBe(5000);
  });

  it('lets an aborted call leave at once, with the reason of its signal, and goes on with the others', async () => {
    const clock = fakeClock();
    const paced = createWritePacer(300, clock);
    const abort = new AbortController();
    const ran: string[] = [];
    const begun = new EventEmitter();
    const first = paced(async () => once(begun, 'finish'));
    const second = paced(async () => ran.push('second'), abort.signal);
    const third = paced(async () => ran.push('third'));
    const reason = new Error('cancelled');
    abort.abort(reason);
    await expect(second).rejects.toBe(reason);
    begun.emit('finish');
    await first;
    await third;
    expect(ran).toEqual(['third']);
    await expect(paced(async () => ran.push('late'), abort.signal)).rejects.toBe(reason);
  });

  it('is woken from its gap by an abort', async () => {
    const clock = fakeClock();
    const paced = createWritePacer(300, clock);
    await paced(async () => undefined);
    clock.endless = true;
    const abort = new AbortController();
    const waiting = paced(async () => 'never', abort.signal);
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    clock.endless = false;
    expect(await paced(async () => 'next')).toBe('next');
  });

  it('leaves a write that has begun to end by itself', async () => {
    const paced = createWritePacer(0, fakeClock());
    const abort = new AbortController();
    const outcome = paced(async () => {
      abort.abort(new Error('too late'));
      await Promise.resolve();
      return 'stored';
    }, abort.signal);
    expect(await outcome).toBe('stored');
  });
});
