import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, startBehind, type Behind } from './behind.ts';

let behind: Behind;
let url: string;
beforeEach(async () => {
  behind = await startBehind();
  url = `${behind.faults.url}/a`;
});
afterEach(async () => {
  await behind.close();
});

const BODY = 'b'.repeat(5000);

describe('a layer of faults before a server', () => {
  it('changes nothing without rules', async () => {
    const answer = await ask(`${url}?q=%2F`, { method: 'POST', body: BODY });
    expect(answer).toMatchObject({ status: 200, error: null });
    expect(behind.received).toEqual([{ method: 'POST', target: '/a?q=%2F', body: BODY, complete: true }]);
    expect(behind.faults.log).toEqual([{ method: 'POST', target: '/a?q=%2F', fault: null }]);
  });

  it('refuses connections from the addition of a rule without route until its removal, on the same port', async () => {
    const handle = behind.faults.add({ fault: { kind: 'refuse' } });
    expect(await ask(url)).toMatchObject({ error: 'ECONNREFUSED' });
    expect(await ask(url)).toMatchObject({ error: 'ECONNREFUSED' });
    await handle.remove();
    expect(await ask(url)).toMatchObject({ status: 200 });
    expect(behind.received).toHaveLength(1);
  });

  it('goes away at a matching request and comes back by itself', async () => {
    behind.faults.add({ path: /\/a$/, count: 1, fault: { kind: 'refuse', forMs: 60 } });
    expect(await ask(`${behind.faults.url}/b`)).toMatchObject({ status: 200 });
    expect(await ask(url)).toMatchObject({ error: 'ECONNRESET' });
    expect(await ask(`${behind.faults.url}/b`)).toMatchObject({ error: 'ECONNREFUSED' });
    await sleep(120);
    expect(await ask(url)).toMatchObject({ status: 200 });
    expect(behind.received.map(({ target }) => target)).toEqual(['/b', '/a']);
  });

  it('resets before the server hears of the request', async () => {
    behind.faults.add({ count: 1, fault: { kind: 'reset-before' } });
    expect(await ask(url, { method: 'POST', body: BODY })).toMatchObject({ error: 'ECONNRESET' });
    await sleep(20);
    expect(behind.received).toEqual([]);
  });

  it('resets in the middle, so that the server gets half of the body and no end', async () => {
    behind.faults.add({ count: 1, fault: { kind: 'reset-during' } });
    expect(await ask(url, { method: 'PUT', body: BODY })).toMatchObject({ error: 'ECONNRESET' });
    for (let tries = 0; behind.received.length === 0 && tries < 2000; tries += 1) await sleep(5);
    expect(behind.received).toEqual([
      { method: 'PUT', target: '/a', body: expect.stringMatching(/^b*$/), complete: false },
    ]);
    expect(behind.received[0]?.body.length).toBeLessThanOrEqual(2500);
  });

  it('resets after the effect, so that only the answer is lost', async () => {
    behind.faults.add({ count: 1, fault: { kind: 'reset-after' } });
    expect(await ask(url, { method: 'POST', body: BODY })).toMatchObject({ error: 'ECONNRESET' });
    expect(behind.received).toMatchObject([{ complete: true, body: BODY }]);
  });

  it('ends the connection after half of a body whose whole length was promised', async () => {
    behind.faults.add({ count: 1, fault: { kind: 'half-answer' } });
    const answer = await ask(url);
    expect(answer).toMatchObject({ status: 200, error: 'ECONNRESET' });
    const whole = await ask(url);
    expect(answer.text.length).toBe(Math.floor(whole.text.length / 2));
  });

  it('drips an answer slowly, and whole', async () => {
    behind.faults.add({ count: 1, fault: { kind: 'slow-answer', pieceBytes: 400, everyMs: 40 } });
    const begun = performance.now();
    const slow = await ask(url);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(75);
    expect(slow).toMatchObject({ status: 200, error: null });
    expect(JSON.parse(slow.text)).toMatchObject({ number: 1 });
  });

  it('resets the client when the server behind is away', async () => {
    await behind.close();
    const { startFaults } = await import('../../../../src/sandbox/faults/start-faults.ts');
    const alone = await startFaults({ target: behind.faults.url });
    expect(await ask(alone.url)).toMatchObject({ error: 'ECONNRESET' });
    await alone.close();
  });
});

describe('connections through a layer of faults', () => {
  it('stay open between requests, and close when the server closes its own without saying so', async () => {
    await behind.close();
    behind = await startBehind(1, (response, { target }) => {
      response.end('answer');
      if (target === '/last') response.socket?.end();
    });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    agent.on('free', (socket: { localPort?: number }) => ports.add(socket.localPort));
    await ask(`${behind.faults.url}/1`, { agent });
    await ask(`${behind.faults.url}/2`, { agent });
    expect(ports.size).toBe(1);
    const last = await ask(`${behind.faults.url}/last`, { agent });
    expect(last).toMatchObject({ status: 200, text: 'answer' });
    for (let tries = 0; Object.keys(agent.freeSockets).length > 0 && tries < 2000; tries += 1) await sleep(5);
    expect(Object.keys(agent.freeSockets)).toEqual([]);
    agent.destroy();
  });
});
