import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, startBehind, type Behind } from './behind.ts';

let behind: Behind;
beforeEach(async () => {
  behind = await startBehind(7);
});
afterEach(async () => {
  await behind.close();
});

/** Statuses of so many requests in a row. */
async function statuses(of: Behind, count: number, path = '/'): Promise<number[]> {
  const all: number[] = [];
  for (let at = 0; at < count; at += 1) all.push((await ask(`${of.faults.url}${path}`)).status);
  return all;
}

describe('rules of a layer of faults', () => {
  it('hit by method and path, after a number of requests and so often', async () => {
    const handle = behind.faults.add({
      method: 'GET',
      path: /^\/api\/jobs\/\d+$/,
      after: 1,
      count: 2,
      fault: { kind: 'bad-gateway' },
    });
    expect(await statuses(behind, 2, '/api/jobs')).toEqual([200, 200]);
    expect((await ask(`${behind.faults.url}/api/jobs/5`, { method: 'POST' })).status).toBe(200);
    expect(await statuses(behind, 4, '/api/jobs/5')).toEqual([200, 502, 502, 200]);
    expect(handle.hits).toBe(2);
    expect(behind.received).toHaveLength(5);
  });

  it('hit with a probability that follows from the seed alone', async () => {
    const rule = { probability: 0.5, fault: { kind: 'server-error' } } as const;
    behind.faults.add(rule);
    const first = await statuses(behind, 40);
    const again = await startBehind(7);
    again.faults.add(rule);
    expect(await statuses(again, 40)).toEqual(first);
    await again.close();
    const other = await startBehind(8);
    other.faults.add(rule);
    expect(await statuses(other, 40)).not.toEqual(first);
    await other.close();
    const hits = first.filter((status) => status === 500).length;
    expect(hits).toBeGreaterThan(10);
    expect(hits).toBeLessThan(30);
  });

  it('are taken back one by one and all at once', async () => {
    const one = behind.faults.add({ fault: { kind: 'server-error' } });
    behind.faults.add({ path: /b/, fault: { kind: 'bad-gateway' } });
    expect(await statuses(behind, 1, '/b')).toEqual([500]);
    await one.remove();
    expect(await statuses(behind, 1, '/b')).toEqual([502]);
    await behind.faults.clear();
    expect(await statuses(behind, 1, '/b')).toEqual([200]);
    expect(behind.faults.log.map(({ fault }) => fault)).toEqual(['server-error', 'bad-gateway', null]);
  });

  it.each([{ count: -1 }, { after: 0.5 }, { probability: 1.1 }, { probability: Number.NaN }])(
    'that make no sense are refused: %j',
    (wrong) => {
      expect(() => behind.faults.add({ ...wrong, fault: { kind: 'lose' } })).toThrow(RangeError);
    },
  );
});
