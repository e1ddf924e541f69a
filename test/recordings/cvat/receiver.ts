import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the recorded receivers answered, by path. */
const ANSWERS: Readonly<Record<string, number>> = {
  '/fail500': 500,
  '/gone410': 410,
  '/403': 403,
  '/500': 500,
};

export interface Receiver {
  readonly url: string;
  /** Answers 500 to everything, or no longer. */
  fail(isFailing: boolean): void;
  close(): Promise<void>;
}

/** Receives webhooks as the receivers of the recordings did: `/slow` never answers, `/r302` redirects. */
export async function startReceiver(): Promise<Receiver> {
  let isFailing = false;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    request.resume();
    request.on('end', () => {
      if (path === '/slow') return;
      if (isFailing) response.writeHead(500).end('{"ok":false}');
      else if (path === '/r302') response.writeHead(302, { location: '/hook' }).end();
      else response.writeHead(ANSWERS[path] ?? 200).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    fail: (wish) => {
      isFailing = wish;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
