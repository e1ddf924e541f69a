import { afterEach } from '@jest/globals';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createMonaiLabel, type MonaiLabelOptions } from '../../../src/monai/client.ts';
import type { MonaiLabel } from '../../../src/monai/monai.ts';

/** A request as it arrived. `call` is the method and the whole target: `GET /info/`. */
export interface Received {
  readonly call: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly socket: Socket;
}

/** What to answer; see {@link Handler}. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** Null cuts the connection without an answer. */
export type Handler = (request: Received) => Answer | null | Promise<Answer | null>;

export interface FakeServer {
  readonly client: MonaiLabel;
  readonly url: string;
  readonly received: Received[];
  /** What was called, in order. */
  readonly calls: () => string[];
}

export function json(body: unknown, status = 200): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}

/** How MONAI Label answers when one of its handlers throws. */
export const CRASH: Answer = { status: 500, type: 'text/plain; charset=utf-8', body: 'Internal Server Error' };

async function respond(request: Received, handler: Handler, response: ServerResponse): Promise<void> {
  const answer = await handler(request);
  if (answer === null) {
    request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': answer.type });
  const end = response.end(request.call.startsWith('HEAD') ? undefined : answer.body);
  if (answer === CRASH) end.once('finish', () => request.socket.end());
}

/** A maker of servers on a free port of this machine, with a client for each; they are closed after each test. */
export function fakeServers(): (handler: Handler, options?: Partial<MonaiLabelOptions>) => Promise<FakeServer> {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await Promise.all(closing.splice(0).map(async (close) => close()));
  });
  return async (handler, options) => {
    const received: Received[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const call = `${request.method} ${request.url}`;
        const arrived = { call, headers: request.headers, body: Buffer.concat(chunks), socket: request.socket };
        received.push(arrived);
        void respond(arrived, handler, response);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    closing.push(async () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(resolve);
      });
    });
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const client = createMonaiLabel({ url, writeGapMs: 0, ...options });
    return { client, url, received, calls: () => received.map(({ call }) => call) };
  };
}
