import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { wholeAnswer, type WholeAnswer } from './whole-answer.ts';

/** A request read to its end. */
export interface WholeRequest {
  readonly method: string;
  /** Undecoded path with the query. */
  readonly target: string;
  /** Name, value, name, value … */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Upstream {
  /** Sends a request and reads the answer to its end. @throws the socket's error */
  send(request: WholeRequest, options?: { signal?: AbortSignal }): Promise<WholeAnswer>;
  /** Sends the head and the body as far as given, then resets the connection. */
  sendPart(request: WholeRequest): Promise<void>;
  /** True once the server has closed a connection. */
  readonly closedByServer: boolean;
  close(): void;
}

/**
 * The way to the server for one connection of a client: one connection as well, kept as long, so that what the server
 * does to connections shows.
 *
 * @param onServerClose called when the server has closed it
 */
export function createUpstream(target: URL, onServerClose: () => void): Upstream {
  const isSecure = target.protocol === 'https:';
  const agent = isSecure
    ? new https.Agent({ keepAlive: true, maxSockets: 1 })
    : new http.Agent({ keepAlive: true, maxSockets: 1 });
  const known = new WeakSet<Socket>();
  let closedByServer = false;
  let closed = false;

  function watch(socket: Socket): void {
    if (known.has(socket)) return;
    known.add(socket);
    socket.once('close', () => {
      closedByServer = true;
      if (!closed) onServerClose();
    });
  }

  function begin({ method, target: path, rawHeaders }: WholeRequest, signal?: AbortSignal): ClientRequest {
    const options = {
      method,
      path,
      agent,
      setDefaultHeaders: false,
      headers: rawHeaders,
      ...(signal ? { signal } : {}),
    };
    const request = isSecure ? https.request(target, options) : http.request(target, options);
    return request.once('socket', watch);
  }

  return {
    send: (request, { signal } = {}) =>
      new Promise((resolve, reject) => {
        const sent = begin(request, signal).once('error', reject);
        sent.once('response', (response) => {
          readWhole(response).then(resolve, reject);
        });
        sent.end(request.body);
      }),
    sendPart: (request) =>
      new Promise((resolve) => {
        const sent = begin(request).once('error', () => resolve());
        sent.once('close', () => resolve());
        sent.write(request.body, () => {
          sent.socket?.resetAndDestroy();
        });
      }),
    get closedByServer() {
      return closedByServer;
    },
    close() {
      closed = true;
      agent.destroy();
    },
  };
}

async function readWhole(response: IncomingMessage): Promise<WholeAnswer> {
  const { statusCode = 502, statusMessage = '', rawHeaders } = response;
  return wholeAnswer({ status: statusCode, statusText: statusMessage, rawHeaders, body: await readBody(response) });
}

/** A body to its end. @throws Error if the connection breaks before */
export async function readBody(message: AsyncIterable<unknown>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) if (Buffer.isBuffer(piece)) pieces.push(piece);
  return Buffer.concat(pieces);
}
