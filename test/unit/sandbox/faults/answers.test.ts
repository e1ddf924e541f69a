import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { skewJson } from '../../../../src/sandbox/faults/clock-skew.ts';
import { ask, startBehind, type Behind } from './behind.ts';

let behind: Behind;
beforeEach(async () => {
  behind = await startBehind();
});
afterEach(async () => {
  await behind.close();
});

async function numberAt(path: string): Promise<unknown> {
  return (JSON.parse((await ask(behind.faults.url + path)).text) as { number: unknown }).number;
}

describe('answers that a layer of faults gives instead of the server', () => {
  it('are 429 with Retry-After, 500 as a page and 502 as a page, and nothing reaches the server', async () => {
    behind.faults.add({ path: /1/, fault: { kind: 'too-many-requests', retryAfterSeconds: 3 } });
    behind.faults.add({ path: /2/, fault: { kind: 'server-error' } });
    behind.faults.add({ path: /3/, fault: { kind: 'bad-gateway' } });
    const [limited, broken, away] = [
      await ask(`${behind.faults.url}/1`),
      await ask(`${behind.faults.url}/2`),
      await ask(`${behind.faults.url}/3`),
    ];
    expect(limited).toMatchObject({ status: 429, headers: { 'retry-after': '3', 'content-type': 'application/json' } });
    expect(broken).toMatchObject({ status: 500, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(away).toMatchObject({ status: 502, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(behind.received).toEqual([]);
  });

  it('are the previous ones of the same address when stale', async () => {
    behind.faults.add({ path: /jobs/, after: 2, count: 1, fault: { kind: 'stale-answer' } });
    expect(await numberAt('/jobs?page=1')).toBe(1);
    expect(await numberAt('/jobs?page=2')).toBe(2);
    expect(await numberAt('/jobs?page=1')).toBe(1);
    expect(behind.received).toHaveLength(2);
    expect(await numberAt('/jobs?page=1')).toBe(3);
  });

  it('come from the server where there is no previous one', async () => {
    behind.faults.add({ fault: { kind: 'stale-answer' } });
    expect(await numberAt('/first')).toBe(1);
  });
});

describe('a skewed clock', () => {
  it('shifts the Date header and the times in a body, and nothing else', async () => {
    await behind.close();
    behind = await startBehind(1, (response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.cvat+json', date: 'Sun, 22 Nov 2026 14:00:00 GMT' });
      response.end('{"updated_date":"2026-11-22T14:00:00.123456Z","name":"2026-11-22","id":1795360136}');
    });
    behind.faults.add({ fault: { kind: 'clock-skew', ms: -3_600_000 } });
    const answer = await ask(`${behind.faults.url}/`);
    expect(answer.headers.date).toBe('Sun, 22 Nov 2026 13:00:00 GMT');
    expect(answer.text).toBe('{"updated_date":"2026-11-22T13:00:00.123456Z","name":"2026-11-22","id":1795360136}');
  });

  it('goes together with another fault', async () => {
    await behind.close();
    behind = await startBehind(1, (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"at":"2026-11-22T14:00:00Z"}');
    });
    behind.faults.add({ fault: { kind: 'clock-skew', ms: 60_000 } });
    behind.faults.add({ fault: { kind: 'slow-answer', pieceBytes: 5, everyMs: 1 } });
    expect((await ask(`${behind.faults.url}/`)).text).toBe('{"at":"2026-11-22T14:01:00Z"}');
  });

  it.each([
    [
      '{"start_ts":1795360136.5,"ts":1795360136,"starts":1795360136}',
      '{"start_ts":1795360196.5,"ts":1795360196,"starts":1795360136}',
    ],
    ['{"start_ts":"2026-11-22 23:59:30"}', '{"start_ts":"2026-11-23 00:00:30"}'],
    ['{"created":"2026-12-31T23:59:59+00:00"}', '{"created":"2027-01-01T00:00:59+00:00"}'],
  ])('reads the ways in which servers write times: %s', (text, shifted) => {
    expect(skewJson(text, 60_000)).toBe(shifted);
  });
});
