import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { at } from './json-at.ts';
import type { Fast } from './talk.ts';

/** One request that reached a webhook's target. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  /** Names as they were written, and values. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly json: unknown;
}

export interface WebhookTarget {
  readonly url: string;
  readonly arrivals: Arrival[];
  /** What is answered from now on. */
  answer(how: (response: ServerResponse, arrival: Arrival) => void): void;
  close(): Promise<void>;
}

/** Listens for webhooks on this machine; it answers 200 unless told otherwise. */
export async function startTarget(): Promise<WebhookTarget> {
  const arrivals: Arrival[] = [];
  let respond = (response: ServerResponse, _arrival: Arrival): void => void response.end('{"ok":true}');
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString();
      const raw = request.rawHeaders;
      const headers = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
      const json: unknown = body === '' ? undefined : JSON.parse(body);
      const arrival = { method: request.method ?? '', path: request.url ?? '', headers, body, json };
      arrivals.push(arrival);
      respond(response, arrival);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    answer: (how) => {
      respond = how;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Waits until a number of messages has arrived, and a moment longer for one too many. */
export async function arrived(target: WebhookTarget, count: number): Promise<readonly Arrival[]> {
  for (let tries = 0; tries < 4000 && target.arrivals.length < count; tries += 1) await sleep(5);
  await sleep(15);
  return target.arrivals;
}

export const header = (arrival: Arrival, name: string): string | undefined =>
  arrival.headers.find(([given]) => given === name)?.[1];

export const eventOf = (arrival: Arrival): unknown => at(arrival.json, 'event');

/** The names of events that arrived since the last call, once everything has been told. */
export async function heard(fast: Fast, target: WebhookTarget): Promise<unknown[]> {
  await fast.cvat.webhooks.idle();
  return target.arrivals.splice(0).map(eventOf);
}
