import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '../../../../src/sandbox/running-server.ts';
import { startFast } from './talk.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startFast();
});
afterAll(() => server.close());

/** Sends the request lines one after the other on one socket; resolves with all that came until the peer's end. */
function exchange(lines: readonly string[]): Promise<{ text: string; endedByPeer: boolean }> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let text = '';
    const waiting = [...lines];
    const next = () => {
      const line = waiting.shift();
      if (line === undefined) setTimeout(() => done(false), 150);
      else socket.write(`${line} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`);
    };
    const done = (endedByPeer: boolean) => {
      socket.destroy();
      resolve({ text, endedByPeer });
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      next();
    });
    socket.on('end', () => done(true));
    socket.on('error', reject);
    next();
  });
}

describe('connections of the stand-in of MONAI Label', () => {
  it('end after a bare 500 without a word of it in the headers', async () => {
    const { text, endedByPeer } = await exchange(['POST /infer/nope?image=x']);
    expect(text).toMatch(/^HTTP\/1\.1 500 .*Internal Server Error$/s);
    expect(text).not.toMatch(/^connection:/im);
    expect(endedByPeer).toBe(true);
  });

  it('stay open after any other answer', async () => {
    const { text, endedByPeer } = await exchange(['GET /nope', 'GET /datastore/']);
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200']);
    expect(text).not.toMatch(/^connection:/im);
    expect(endedByPeer).toBe(false);
  });
});
