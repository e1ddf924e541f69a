import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as the server saw it, read to its end. */
export interface Seen {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly socket: Socket;
}

export interface ScriptedServer {
  readonly url: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  readonly json?: unknown;
}

/** A real server on a free port of the loopback. The answer function may also write to the response itself and return nothing. */
export async function serve(
  answer: (seen: Seen, response: ServerResponse) => Reply | undefined | Promise<Reply | undefined>,
): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers, socket } = request;
    const entry = { method, path, headers, body: Buffer.concat(chunks), socket };
    seen.push(entry);
    const reply = await answer(entry, response);
    if (reply === undefined) return;
    const body = reply.json === undefined ? (reply.body ?? '') : JSON.stringify(reply.json);
    const type = reply.json === undefined ? {} : { 'content-type': 'application/vnd.cvat+json' };
    response.writeHead(reply.status ?? 200, { ...type, ...reply.headers }).end(body);
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Opens servers for one test file; `closeAll` belongs into `afterEach`. */
export function servers(): { open: typeof serve; closeAll: () => Promise<void> } {
  const open: ScriptedServer[] = [];
  return {
    open: async (answer) => {
      const server = await serve(answer);
      open.push(server);
      return server;
    },
    closeAll: async () => {
      await Promise.all(open.splice(0).map((server) => server.close()));
    },
  };
}
