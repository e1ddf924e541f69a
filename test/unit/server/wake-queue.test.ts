import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createWakeQueue, type WakeQueue } from '../../../src/server/wake-queue.ts';

const EVERY_MS = 60;

interface Failure {
  readonly place: string;
  readonly givenUp: boolean;
}

let queue: WakeQueue<string> | undefined;
afterEach(async () => {
  await queue?.close();
});

function make(send: (place: string) => Promise<void> = async () => undefined, most = 100) {
  const sent: { readonly place: string; readonly at: number }[] = [];
  const failures: Failure[] = [];
  const begun = performance.now();
  const made = createWakeQueue<string>({
    keyOf: (place) => place,
    everyMs: EVERY_MS,
    most,
    mostTries: 3,
    send: async (place) => {
      sent.push({ place, at: performance.now() - begun });
      await send(place);
    },
    onFailure: ({ place, givenUp }) => failures.push({ place, givenUp }),
  });
  queue = made;
  return { queue: made, sent, failures };
}

async function until(holds: () => boolean): Promise<void> {
  for (let looks = 0; looks < 4000 && !holds(); looks += 1) await sleep(5);
  expect(holds()).toBe(true);
}

describe('a queue of wake-ups', () => {
  it('sends the first at once and joins what follows into one at the end of the interval', async () => {
    const { queue: wakes, sent } = make();
    for (let times = 0; times < 50; times += 1) wakes.push('a');
    expect(sent).toHaveLength(1);
    await until(() => sent.length === 2);
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBeGreaterThanOrEqual(EVERY_MS - 5);
    await until(() => wakes.size === 0);
    expect(sent).toHaveLength(2);
  });

  it('never loses the last one, even if it comes while the one before is being sent', async () => {
    let release = (): void => undefined;
    const { queue: wakes, sent } = make(async () => new Promise<void>((resolve) => (release = resolve)));
    wakes.push('a');
    await sleep(EVERY_MS + 20);
    wakes.push('a');
    expect(sent).toHaveLength(1);
    release();
    await until(() => sent.length === 2);
    release();
  });

  it('keeps places apart and forgets each when its time is over', async () => {
    const { queue: wakes, sent } = make();
    for (const place of ['a', 'b', 'c']) wakes.push(place);
    expect(sent.map(({ place }) => place)).toEqual(['a', 'b', 'c']);
    expect(wakes.size).toBe(3);
    await until(() => wakes.size === 0);
    wakes.push('a');
    expect(sent).toHaveLength(4);
  });

  it('is bounded, but still joins for the places that it holds', async () => {
    const { queue: wakes, sent } = make(undefined, 2);
    expect([wakes.push('a'), wakes.push('b'), wakes.push('c'), wakes.push('a')]).toEqual([true, true, false, true]);
    await until(() => sent.length === 3);
    expect(sent.map(({ place }) => place).toSorted()).toEqual(['a', 'a', 'b']);
  });

  it('tries again what failed until it works', async () => {
    let fails = 2;
    const {
      queue: wakes,
      sent,
      failures,
    } = make(async () => {
      if (fails-- > 0) throw new Error('away');
    });
    wakes.push('a');
    await until(() => wakes.size === 0);
    expect(sent).toHaveLength(3);
    expect(failures).toEqual([
      { place: 'a', givenUp: false },
      { place: 'a', givenUp: false },
    ]);
  });

  it('gives up after a number of tries, and says so', async () => {
    const {
      queue: wakes,
      sent,
      failures,
    } = make(async () => {
      throw new Error('away');
    });
    wakes.push('a');
    await until(() => wakes.size === 0);
    expect(sent).toHaveLength(3);
    expect(failures.at(-1)).toEqual({ place: 'a', givenUp: true });
  });

  it('sends what waits when it is closed, once each, and takes nothing afterwards', async () => {
    const { queue: wakes, sent } = make();
    for (const place of ['a', 'a', 'b', 'a']) wakes.push(place);
    await wakes.close();
    expect(sent.map(({ place }) => place)).toEqual(['a', 'b', 'a']);
    expect(wakes.push('a')).toBe(false);
    await sleep(EVERY_MS * 2);
    expect(sent).toHaveLength(3);
  });
});
