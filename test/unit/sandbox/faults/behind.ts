import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFaults, type Faults } from '../../../../src/sandbox/faults/start-faults.ts';

export interface Received {
  readonly method: string;
  readonly target: string;
  readonly body: string;
  /** False if the connection broke before the end of the body. */
  readonly complete: boolean;
}

export interface Behind {
  readonly faults: Faults;
  /** What reached the server, in the order of the ends. */
  readonly received: readonly Received[];
  close(): Promise<void>;
}

type Respond = (response: ServerResponse, received: Received, number: number) => void;

const answerNumber: Respond = (response, _received, number) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ number, text: 'x'.repeat(1000) }));
};

/** A server that counts its requests, with a layer of faults before it. */
export async function startBehind(seed = 1, respond: Respond = answerNumber): Promise<Behind> {
  const received: Received[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const entry = { method: request.method ?? '', target: request.url ?? '', ...(await read(request)) };
    received.push(entry);
    if (entry.complete) respond(response, entry, received.length);
  };
  const server = http.createServer((request, response) => {
    void answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const faults = await startFaults({ target: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seed });
  return {
    faults,
    received,
    async close() {
      await faults.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<{ body: string; complete: boolean }> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece as Buffer);
  } catch {
    return { body: Buffer.concat(pieces).toString(), complete: false };
  }
  return { body: Buffer.concat(pieces).toString(), complete: true };
}

/** The status and body of an answer, or the code of the connection's error, with `partial` where a body had begun. */
export async function ask(
  url: string,
  options: { method?: string; body?: string; agent?: http.Agent } = {},
): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string; error: string | null }> {
  const { method = 'GET', body, agent } = options;
  return new Promise((resolve) => {
    const request = http.request(url, {
      method,
      agent: agent ?? false,
      ...(body ? { headers: { 'content-length': body.length } } : {}),
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ status: 0, headers: {}, text: '', error: error.code ?? error.message });
    });
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      const { statusCode: status = 0, headers } = response;
      response.once('error', (error: NodeJS.ErrnoException) =>
        resolve({ status, headers, text, error: error.code ?? error.message }),
      );
      response.once('end', () => resolve({ status, headers, text, error: null }));
    });
    request.end(body);
  });
}
