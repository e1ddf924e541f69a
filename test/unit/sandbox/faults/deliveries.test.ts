import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, startBehind, type Behind } from './behind.ts';

let behind: Behind;
beforeEach(async () => {
  behind = await startBehind();
});
afterEach(async () => {
  await behind.close();
});

async function post(body: string): Promise<number> {
  return (await ask(`${behind.faults.url}/hook`, { method: 'POST', body })).status;
}

function delivered(): string[] {
  return behind.received.map(({ body }) => body);
}

async function until(count: number): Promise<void> {
  for (let tries = 0; behind.received.length < count && tries < 4000; tries += 1) await sleep(5);
}

describe('messages through a layer of faults', () => {
  it('are delivered twice, the answer being that to the first', async () => {
    behind.faults.add({ count: 1, fault: { kind: 'duplicate' } });
    const answer = await ask(`${behind.faults.url}/hook`, { method: 'POST', body: 'one' });
    expect(JSON.parse(answer.text)).toMatchObject({ number: 1 });
    expect(delivered()).toEqual(['one', 'one']);
  });

  it('get lost while their sender is told that they arrived', async () => {
    behind.faults.add({ after: 1, count: 1, fault: { kind: 'lose' } });
    expect([await post('one'), await post('two'), await post('three')]).toEqual([200, 200, 200]);
    expect(delivered()).toEqual(['one', 'three']);
  });

  it('change places with the next one', async () => {
    behind.faults.add({ method: 'POST', count: 1, fault: { kind: 'reorder' } });
    await post('one');
    await ask(`${behind.faults.url}/other`);
    expect(delivered()).toEqual(['']);
    await post('two');
    await until(3);
    await post('three');
    expect(delivered()).toEqual(['', 'two', 'one', 'three']);
  });

  it('change places in pairs where every one may be hit', async () => {
    behind.faults.add({ fault: { kind: 'reorder' } });
    for (const body of ['one', 'two', 'three', 'four']) await post(body);
    await until(4);
    expect(delivered()).toEqual(['two', 'one', 'four', 'three']);
  });

  it('arrive after a while if no next one comes to change places with', async () => {
    behind.faults.add({ count: 1, fault: { kind: 'reorder', withinMs: 400 } });
    await post('alone');
    expect(delivered()).toEqual([]);
    await until(1);
    expect(delivered()).toEqual(['alone']);
  });

  it('are delayed with a sender who waits, or with one who is told at once', async () => {
    behind.faults.add({ count: 1, fault: { kind: 'delay', ms: 60 } });
    behind.faults.add({ count: 1, fault: { kind: 'delay', ms: 400, told: true } });
    const begun = performance.now();
    await post('one');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(55);
    await post('two');
    expect(delivered()).toEqual(['one']);
    await until(2);
    expect(delivered()).toEqual(['one', 'two']);
  });
});
