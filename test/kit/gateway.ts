import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy before a server: it serves below a path, asks for a header of its own, and tells the server another host. */
export interface Gateway {
  /** Address below which the server is reached. */
  readonly url: string;
  /** Requests that lacked the header, or missed the path. */
  readonly refused: () => number;
  close(): Promise<void>;
}

/** Starts a gateway that serves `target` below `/annotate` for those who send `x-gate: open`. */
export async function startGateway(target: string): Promise<Gateway> {
  let refused = 0;
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    if (!path.startsWith('/annotate/') || incoming.headers['x-gate'] !== 'open') {
      refused += 1;
      outgoing.writeHead(401, { 'content-type': 'text/html' }).end('<html><title>Gate</title></html>');
      return;
    }
    const headers = { ...incoming.headers, host: 'inner.example:8443' };
    const forwarded = request(new URL(path.slice('/annotate'.length), target), { method: incoming.method, headers });
    forwarded.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/annotate`,
    refused: () => refused,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
